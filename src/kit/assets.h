/* kit/assets: the files pages need beside themselves. */
#ifndef PANJI_KIT_ASSETS_H
#define PANJI_KIT_ASSETS_H

#include "web/request.h"

void assets_stylesheet(struct request *request);

#endif
