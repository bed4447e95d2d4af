/* kit/assets: the files pages need beside themselves: the sheet, the scripts, the sign.
 *
 * Each has an address with the hash of its bytes in it, so a browser keeps it for ever and asks again only
 * when a new program brings a new one. Compressed once. */
#ifndef PANJI_KIT_ASSETS_H
#define PANJI_KIT_ASSETS_H

#include "web/request.h"

/* "/assets/1f9c04a2b6d7/panji.css" */
const char *assets_address(const char *name);

/* GET /assets/{hash}/{name} */
void assets_send(struct request *request);

#endif
