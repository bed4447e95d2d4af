/* form/set: loads files into a set and finds things in it. */
#include "form/set.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/builtin.h"

#define SET_BYTES_MAX ((size_t)256 << 20)
#define FILES_MAX 2000
#define FILE_BYTES_MAX (256 << 10)

struct file_list {
    struct arena *arena;   /* of the set */
    struct arena *scratch; /* until the set is read */
    struct problems *problems;
    struct source *sources;
    size_t count;
};

static bool ends_with(const char *text, const char *end)
{
    size_t n = strlen(text), m = strlen(end);
    return n > m && strcmp(text + n - m, end) == 0;
}

static bool is_ours(const char *name)
{
    return ends_with(name, ".form") || ends_with(name, ".list");
}

/* "pillars/police/fir.form" stands in pillar police. */
static const char *path_pillar(struct arena *arena, const char *path)
{
    const char *from = strchr(path, '/');
    const char *to = from ? strchr(from + 1, '/') : NULL;
    return to ? arena_strndup(arena, from + 1, (size_t)(to - from - 1)) : "state";
}

static void builtins_add(struct file_list *files)
{
    for (size_t i = 0; i < builtin_files_count && files->count < FILES_MAX; i++) {
        const struct builtin *file = &builtin_files[i];
        if (strncmp(file->path, "pillars/", 8) != 0 || !is_ours(file->path)) continue;
        files->sources[files->count++] = (struct source){.name = file->path,
            .text = file->data,
            .len = file->len,
            .pillar = path_pillar(files->arena, file->path),
            .locked = true};
    }
}

static void file_fault(struct file_list *files, const char *path, const char *words)
{
    problem_add(files->problems, "form_wrong", NULL, "what",
        arena_printf(files->arena, "%s: %s", path, words), NULL);
}

static enum err file_read(struct file_list *files, const char *path, const char *pillar)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0) return errno == EACCES ? E_DENIED : E_IO;
    struct stat info;
    bool known = fstat(fd, &info) == 0;
    bool large = known && info.st_size > FILE_BYTES_MAX;
    size_t size = known && !large ? (size_t)info.st_size : 0, len = 0;
    char *text = arena_alloc(files->scratch, size + 1);
    ssize_t n = 0;
    while (len < size && (n = read(fd, text + len, size - len)) > 0) len += (size_t)n;
    close(fd);
    if (!known || n < 0) return E_IO;
    if (large) {
        file_fault(files, path, "the file is larger than 256 KB");
        return E_PROBLEM;
    }
    files->sources[files->count++] =
        (struct source){.name = path, .text = text, .len = len, .pillar = pillar};
    return E_OK;
}

static int is_shown(const struct dirent *entry)
{
    return entry->d_name[0] != '.';
}

/* Every form and list of a folder in the order of their names; folders inside it are pillars. */
static enum err folder_read(struct file_list *files, const char *folder, const char *pillar, bool top)
{
    struct dirent **entries;
    int count = scandir(folder, &entries, is_shown, alphasort);
    if (count < 0) return errno == ENOENT ? E_NOT_FOUND : E_IO;
    enum err err = E_OK;
    for (int i = 0; i < count; i++) {
        const char *path = arena_printf(files->arena, "%s/%s", folder, entries[i]->d_name);
        struct stat info;
        bool found = err == E_OK && stat(path, &info) == 0;
        if (found && top && S_ISDIR(info.st_mode))
            err = folder_read(files, path, arena_strdup(files->arena, entries[i]->d_name), false);
        else if (found && S_ISREG(info.st_mode) && is_ours(path) && files->count < FILES_MAX)
            err = file_read(files, path, pillar);
        free(entries[i]);
    }
    free(entries);
    return err;
}

static struct file_list file_list_new(struct problems *problems, size_t files_max)
{
    struct file_list files = {.arena = arena_new(SET_BYTES_MAX), .scratch = arena_new(SET_BYTES_MAX)};
    files.problems = problems;
    files.sources = ARENA_ARRAY(files.scratch, struct source, files_max);
    return files;
}

/* The set of all files, unless gathering them already failed. */
static enum err files_read(struct file_list *files, enum err err, const struct kept_texts *kept,
    struct forms **ret_forms)
{
    struct forms *forms = ARENA_NEW(files->arena, struct forms);
    forms->arena = files->arena;
    if (err == E_OK) err = forms_read(forms, files->sources, files->count, kept, files->problems);
    arena_free(files->scratch);
    if (err == E_OK) *ret_forms = forms;
    else forms_free(forms);
    return err;
}

enum err forms_load(const char *folder, const struct kept_texts *kept, struct problems *problems,
    struct forms **ret_forms)
{
    struct file_list files = file_list_new(problems, FILES_MAX);
    builtins_add(&files);
    enum err err = folder ? folder_read(&files, folder, "state", true) : E_OK;
    return files_read(&files, err, kept, ret_forms);
}

enum err forms_load_texts(const char *const *names, const char *const *texts, size_t count,
    struct problems *problems, struct forms **ret_forms)
{
    struct file_list files = file_list_new(problems, count + 1);
    for (size_t i = 0; i < count; i++)
        files.sources[files.count++] = (struct source){.name = arena_strdup(files.arena, names[i]),
            .text = texts[i],
            .len = strlen(texts[i]),
            .pillar = path_pillar(files.arena, names[i])};
    return files_read(&files, E_OK, NULL, ret_forms);
}

void forms_free(struct forms *forms)
{
    if (!forms) return;
    for (struct matcher *matcher = forms->matchers; matcher; matcher = matcher->next)
        regfree(&matcher->regex);
    arena_free(forms->arena);
}

struct kept_texts forms_texts(const struct forms *forms)
{
    return forms->texts;
}

size_t forms_count(const struct forms *forms)
{
    return forms->newest_count;
}

const struct form *forms_at(const struct forms *forms, size_t i)
{
    return i < forms->newest_count ? forms->newest[i] : NULL;
}

static int form_name_compare(const void *name, const void *form)
{
    return strcmp(name, (*(const struct form *const *)form)->name);
}

bool form_taken_each(const struct forms *forms, const char *name)
{
    for (size_t i = 0; i < forms->newest_count; i++) {
        const struct form *form = forms->newest[i];
        const struct field *field = form->consumes_each ? field_at(form, form->consumes) : NULL;
        for (size_t k = 0; field && k < field->target_count; k++)
            if (strcmp(field->targets[k], name) == 0) return true;
    }
    return false;
}

bool form_fits_kind(const struct form *form, const char *kind)
{
    if (!form->on_case && !form->on_any) return false;
    for (size_t i = 0; i < form->on_count; i++)
        if (strcmp(form->on_kinds[i], kind) == 0) return true;
    return form->on_count == 0;
}

const struct form *form_find(const struct forms *forms, const char *name)
{
    const struct form *const *found = bsearch(name, forms->newest, forms->newest_count, sizeof *forms->newest,
        form_name_compare);
    return found ? *found : NULL;
}

struct version_key {
    const char *name;
    int version;
};

static int version_compare(const void *key, const void *form)
{
    const struct version_key *left = key;
    const struct form *right = *(const struct form *const *)form;
    int order = strcmp(left->name, right->name);
    if (order == 0) order = left->version % 1000 - right->version % 1000;
    return order != 0 ? order : left->version - right->version;
}

int form_compare(const void *a, const void *b)
{
    const struct form *left = *(const struct form *const *)a;
    return version_compare(&(struct version_key){left->name, left->version}, b);
}

const struct form *form_version(const struct forms *forms, const char *name, int version)
{
    const struct form *const *found = bsearch(&(struct version_key){name, version}, forms->all,
        forms->all_count, sizeof *forms->all, version_compare);
    return found ? *found : NULL;
}

static int text_compare(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

void awaited_index(struct forms *forms)
{
    size_t count = 0;
    for (size_t i = 0; i < forms->all_count; i++)
        for (size_t k = 0; k < forms->all[i]->task_count; k++) count += forms->all[i]->tasks[k].form_count;
    forms->awaited = ARENA_ARRAY(forms->arena, const char *, count + 1);
    for (size_t i = 0; i < forms->all_count; i++)
        for (size_t k = 0; k < forms->all[i]->task_count; k++) {
            const struct form_task *task = &forms->all[i]->tasks[k];
            for (size_t f = 0; f < task->form_count; f++) {
                if (form_awaited(forms, task->forms[f])) continue;
                forms->awaited[forms->awaited_count++] = task->forms[f];
                qsort(forms->awaited, forms->awaited_count, sizeof *forms->awaited, text_compare);
            }
        }
}

bool form_awaited(const struct forms *forms, const char *name)
{
    return bsearch(&name, forms->awaited, forms->awaited_count, sizeof *forms->awaited, text_compare) != NULL;
}

static int list_name_compare(const void *name, const void *list)
{
    return strcmp(name, (*(const struct list_index *const *)list)->list.name);
}

const struct code_list *list_find(const struct forms *forms, const char *name)
{
    const struct list_index *const *found = bsearch(name, forms->lists, forms->list_count,
        sizeof *forms->lists, list_name_compare);
    return found ? &(*found)->list : NULL;
}

static int code_name_compare(const void *name, const void *code)
{
    return strcmp(name, (*(const struct code *const *)code)->name);
}

/* Lists are only ever made as the first member of a list_index. */
const struct code *code_find(const struct code_list *list, const char *code)
{
    const struct list_index *index = (const struct list_index *)(const void *)list;
    const struct code *const *found = bsearch(code, index->sorted, list->count, sizeof *index->sorted,
        code_name_compare);
    return found ? *found : NULL;
}

const char *code_label(const struct forms *forms, const char *list, const char *code, enum lang lang)
{
    const struct code_list *codes = list_find(forms, list);
    const struct code *found = codes ? code_find(codes, code) : NULL;
    return found ? found->label.text[lang] : code;
}
