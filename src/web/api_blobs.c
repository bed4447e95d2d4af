/* web/api_blobs: files in and out by their hash. The bytes streamed to disk while they arrived (http.c). */
#include "base/json.h"
#include "web/api.h"

void api_blob_store(struct request *request)
{
    char name[BLOB_NAME_SIZE];
    int64_t size;
    enum err err = request->upload_err;
    if (err == E_OK) {
        struct blob_writer *upload = request->upload;
        request->upload = NULL;
        err = blob_finish(upload, name, &size);
    }
    if (err == E_PROBLEM) problem_add(&request->problems, "body_too_large", NULL, "max", "4 GB", NULL);
    if (err != E_OK)
        respond_error(request, err);
    else
        respond_json(request, 201, json_pack("{s:s, s:I}", "sha256", name, "size", (json_int_t)size));
}

/* As a download and never as a page, whatever is in it. */
void api_blob_get(struct request *request)
{
    int fd;
    int64_t size;
    enum err err = E_NOT_FOUND;
    if (file_seen(request, request->captures[0]))
        err = blob_open(node_folder(request->node), request->captures[0], &fd, &size);
    if (err != E_OK) {
        respond_error(request, err);
        return;
    }
    respond_header(request, "Content-Disposition",
        arena_printf(request->arena, "attachment; filename=\"%s\"", request->captures[0]));
    respond_file(request, "application/octet-stream", fd, size);
    request->response.cache = "private, max-age=31536000, immutable";
}
