/* web/api_blobs: files in and out by their hash. The bytes streamed to disk while they arrived (http.c). */
#include <string.h>
#include <unistd.h>

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
/* Pictures by their first bytes, so that pages can show them; anything else is only a file. */
static const char *file_type(int fd)
{
    static const struct {
        const char *start;
        size_t n;
        const char *type;
    } types[] = {{"\x89PNG\r\n\x1a\n", 8, "image/png"}, {"\xff\xd8\xff", 3, "image/jpeg"}};
    char start[8];
    ssize_t n = pread(fd, start, sizeof start, 0);
    for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
        if (n >= (ssize_t)types[i].n && memcmp(start, types[i].start, types[i].n) == 0) return types[i].type;
    return "application/octet-stream";
}

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
    respond_file(request, file_type(fd), fd, size);
    request->response.cache = "private, max-age=31536000, immutable";
}
