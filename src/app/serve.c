/* panji serve: the register behind a door for browsers and other programs. Ends on SIGTERM or SIGINT once
 * everything that was begun is answered. */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

#include "app/verb.h"
#include "base/log.h"
#include "filing/filing.h"
#include "notify/notify.h"
#include "page/pages.h"
#include "web/web.h"

#define WORKERS_MAX 64
#define DRAFT_DAYS_MAX 3650
#define EXIT_USAGE 2

/* A thousand connections and the readers of the database need more files than many systems give at first. */
static void files_raise(void)
{
    struct rlimit limit;
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    if (setrlimit(RLIMIT_NOFILE, &limit) != 0)
        log_line(LOG_WARNING, "files_limit", "why", strerror(errno), NULL);
}

/* A whole number from 1 to most; 0, and words on standard error, when it is not. */
static int number_read(const struct arguments *arguments, const char *name, int most)
{
    char *end;
    const char *text = argument(arguments, name);
    long number = strtol(text, &end, 10);
    if (!*end && number >= 1 && number <= most) return (int)number;
    fprintf(stderr, "panji serve: --%s takes 1 to %d\n", name, most);
    return 0;
}

static bool options_read(
    const struct arguments *arguments, struct web_options *ret, struct node_options *ret_node)
{
    int workers = number_read(arguments, "workers", WORKERS_MAX);
    int days = number_read(arguments, "draft-days", DRAFT_DAYS_MAX);
    *ret = (struct web_options){
        .listen = argument(arguments, "listen"),
        .pages = &pages,
        .workers = (size_t)workers,
        .certificate = argument(arguments, "tls-cert"),
        .key = argument(arguments, "tls-key"),
        .behind_proxy = argument(arguments, "behind-proxy") != NULL,
    };
    *ret_node = (struct node_options){.folder = arguments->data, .threaded = true, .draft_days = days};
    if (workers == 0 || days == 0) return false;
    if (!ret->certificate != !ret->key) {
        fprintf(stderr, "panji serve: --tls-cert and --tls-key go together\n");
        return false;
    }
    return true;
}

static int serve_run(struct arguments *arguments)
{
    struct web_options web_options;
    struct node_options node_options;
    if (!options_read(arguments, &web_options, &node_options)) return EXIT_USAGE;
    files_raise();
    /* Before any thread starts, so that all of them leave the signals to sigwait(). */
    sigset_t signals;
    sigemptyset(&signals);
    sigaddset(&signals, SIGTERM);
    sigaddset(&signals, SIGINT);
    pthread_sigmask(SIG_BLOCK, &signals, NULL);

    struct problems problems = {.arena = arguments->arena};
    struct node *node = NULL;
    struct web *web = NULL;
    struct notify *notify = NULL;
    enum err err = node_open(&node_options, &problems, &node);
    if (err == E_OK) err = people_open(node, true, &web_options.people);
    if (err == E_OK) err = notify_start(node, web_options.people, &problems, &notify);
    web_options.notify = notify;
    if (err == E_OK) err = web_start(node, &web_options, &problems, &web);
    if (err != E_OK) {
        notify_stop(notify);
        people_close(web_options.people);
        node_close(node);
        return problems_print(arguments, &problems, err);
    }
    setvbuf(stdout, NULL, _IOLBF, 0);
    printf("listening on %s\n", web_address(web));
    int signal_number;
    sigwait(&signals, &signal_number);
    log_line(LOG_INFO, "stopping", NULL);
    web_stop(web);
    notify_stop(notify);
    people_close(web_options.people);
    node_close(node);
    return 0;
}

static const struct option_row options[] = {
    {"listen", "HOST:PORT", "address to listen on; [::1]:8080 for IPv6, port 0 for any free one",
        "127.0.0.1:8080"},
    {"workers", "N", "threads that answer reading requests", "4"},
    {"tls-cert", "FILE", "certificate chain in PEM, to serve HTTPS", NULL},
    {"tls-key", "FILE", "its private key in PEM", NULL},
    {"draft-days", "N", "days after which a form begun and left alone is thrown away", "30"},
    {"behind-proxy", NULL, "a proxy in front speaks HTTPS and limits clients", NULL},
    {NULL, NULL, NULL, NULL},
};

const struct verb verb_serve = {
    .name = "serve",
    .summary = "serve the register to browsers and programs",
    .operands = "",
    .description = "Opens the data folder, listens, and prints the address. Pages are at /, the JSON API is "
                   "described at "
                   "/openapi.json, the register's proofs are under /log/. SIGTERM or SIGINT ends it once "
                   "everything that "
                   "was begun is answered.",
    .options = options,
    .takes_data = true,
    .run = serve_run,
};
