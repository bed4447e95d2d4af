/* kit/assets: see the header. */
#include "kit/assets.h"

#include "base/builtin.h"

void assets_stylesheet(struct request *request)
{
    const struct builtin *file = builtin_find("src/kit/assets/panji.css");
    respond_text(request, 200, "text/css; charset=utf-8", file->data, file->len);
    request->response.cache = "public, max-age=3600";
}
