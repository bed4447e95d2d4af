/* embed: writes the C file that holds every data file of the program (base/builtin.h).
 *
 *     embed OUTPUT SOURCE_ROOT FOLDER...
 *
 * Walks the folders and takes every file but code, pages, queries, build files and notes; a file that is
 * named itself is taken as it is. The bytes are brought in by the assembler (.incbin), so megabytes cost no
 * compile time. The output is rewritten only when a file came, went or changed: size and hash stand in it. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#define FILES_MAX 5000

static char *paths[FILES_MAX];
static size_t path_count;

static _Noreturn void fail(const char *what, const char *path)
{
    fprintf(stderr, "embed: %s: %s\n", path, what);
    exit(1);
}

static char *join(const char *folder, const char *name)
{
    char *path;
    if (asprintf(&path, "%s/%s", folder, name) < 0) fail("out of memory", name);
    return path;
}

static int is_data(const char *name)
{
    static const char *const others[] = {".c", ".h", ".html", ".sql", ".md", "meson.build", "~", ".swp"};
    size_t n = strlen(name);
    for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
        size_t end = strlen(others[i]);
        if (n >= end && strcmp(name + n - end, others[i]) == 0) return 0;
    }
    return name[0] != '.' && !strpbrk(name, "\"\\");
}

/* Paths are kept relative to the root. A folder that is not there has no files. */
static void walk(const char *root, const char *folder)
{
    char *full = join(root, folder);
    struct stat named;
    if (stat(full, &named) == 0 && S_ISREG(named.st_mode)) {
        paths[path_count++] = join(folder, "");
        paths[path_count - 1][strlen(folder)] = 0; /* without the slash */
        return;
    }
    DIR *dir = opendir(full);
    if (!dir) return;
    for (struct dirent *entry; (entry = readdir(dir)) != NULL;) {
        if (entry->d_name[0] == '.') continue;
        char *path = join(folder, entry->d_name);
        struct stat status;
        if (stat(join(root, path), &status) != 0) fail("cannot be read", path);
        if (S_ISDIR(status.st_mode)) walk(root, path);
        else if (is_data(entry->d_name)) {
            if (path_count == FILES_MAX) fail("too many files", path);
            paths[path_count++] = path;
        }
    }
    closedir(dir);
}

static int path_compare(const void *a, const void *b)
{
    return strcmp(*(char *const *)a, *(char *const *)b);
}

/* Size and FNV-1a hash of a file. */
static uint64_t file_hash(const char *path, size_t *ret_size)
{
    FILE *file = fopen(path, "rb");
    if (!file) fail("cannot be opened", path);
    uint64_t hash = 14695981039346656037U;
    *ret_size = 0;
    for (int c; (c = getc(file)) != EOF; ++*ret_size) hash = (hash ^ (uint64_t)c) * 1099511628211U;
    fclose(file);
    return hash;
}

static void write_table(FILE *out, const char *root)
{
    size_t *sizes = calloc(path_count + 1, sizeof *sizes);
    if (!sizes) fail("out of memory", root);
    fputs("/* Written by tools/embed. */\n#include \"base/builtin.h\"\n\n"
          "__asm__(\".section .rodata\\n.balign 16\\n.global panji_builtin\\n.hidden panji_builtin\\n\"\n"
          "    \"panji_builtin:\\n\"\n", out);
    for (size_t i = 0; i < path_count; i++) {
        char *full = join(root, paths[i]);
        uint64_t hash = file_hash(full, &sizes[i]);
        fprintf(
            out, "    \".incbin \\\"%s\\\"\\n.byte 0\\n\" /* %016llx */\n", full, (unsigned long long)hash);
    }
    fputs("    \".previous\\n\");\n\nextern const char panji_builtin[] "
          "__attribute__((visibility(\"hidden\")));\n\n"
          "const struct builtin builtin_files[] = {\n",
        out);
    size_t offset = 0;
    for (size_t i = 0; i < path_count; i++) {
        fprintf(out, "    {\"%s\", panji_builtin + %zu, %zu},\n", paths[i], offset, sizes[i]);
        offset += sizes[i] + 1;
    }
    fprintf(out, "    {0},\n};\nconst size_t builtin_files_count = %zu;\n", path_count);
}

static int is_same(const char *path, const char *text, size_t n)
{
    FILE *file = fopen(path, "rb");
    if (!file) return 0;
    size_t i = 0;
    int c;
    while ((c = getc(file)) != EOF && i < n && c == (unsigned char)text[i]) i++;
    fclose(file);
    return c == EOF && i == n;
}

int main(int argc, char **argv)
{
    if (argc < 4) fail("usage: embed OUTPUT SOURCE_ROOT FOLDER...", argv[0]);
    for (int i = 3; i < argc; i++) walk(argv[2], argv[i]);
    qsort(paths, path_count, sizeof paths[0], path_compare);

    char *text;
    size_t n;
    FILE *out = open_memstream(&text, &n);
    if (!out) fail("out of memory", argv[1]);
    write_table(out, argv[2]);
    if (fclose(out) != 0) fail("out of memory", argv[1]);
    if (is_same(argv[1], text, n)) return 0;
    FILE *file = fopen(argv[1], "wb");
    if (!file || fwrite(text, 1, n, file) != n || fclose(file) != 0) fail("cannot be written", argv[1]);
    free(text);
    return 0;
}
