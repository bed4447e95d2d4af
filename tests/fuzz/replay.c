/* Runs a fuzz target once on every file of its corpus: `replay FOLDER`. Ends in one line of TAP a file. */
#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

#include "fuzz.h"

#define FILE_BYTES_MAX ((size_t)16 << 20)

static void run_file(const char *path)
{
    FILE *file = fopen(path, "rb");
    uint8_t *data = malloc(FILE_BYTES_MAX);
    if (!file || !data) {
        perror(path);
        exit(1);
    }
    size_t n = fread(data, 1, FILE_BYTES_MAX, file);
    fclose(file);
    uint8_t *exact = realloc(data, n > 0 ? n : 1); /* so that a read past the end is seen */
    LLVMFuzzerTestOneInput(exact ? exact : data, n);
    free(exact ? exact : data);
}

int main(int argc, char **argv)
{
    DIR *folder = argc == 2 ? opendir(argv[1]) : NULL;
    if (!folder) {
        fprintf(stderr, "usage: replay FOLDER\n");
        return 2;
    }
    int count = 0;
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        char path[4096];
        snprintf(path, sizeof path, "%s/%s", argv[1], entry->d_name);
        run_file(path);
        printf("ok %d - %s\n", ++count, entry->d_name);
        fflush(stdout);
    }
    closedir(folder);
    printf("1..%d\n", count);
    return count > 0 ? 0 : 1;
}
