/* bench/server: see server.h. */
#include "server.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "measure.h"

static _Noreturn void server_become(const char *folder, int out)
{
    const char *program = getenv("PANJI") ? getenv("PANJI") : "build/panji";
    int nowhere = open("/dev/null", O_WRONLY);
    dup2(out, STDOUT_FILENO);
    dup2(nowhere, STDERR_FILENO); /* a line of log for each request */
    execl(program, program, "serve", "--data", folder, "--listen", "127.0.0.1:0", (char *)NULL);
    _exit(127);
}

struct server server_start(const char *folder)
{
    int ends[2];
    if (pipe(ends) != 0) give_up("no pipe");
    struct server server = {.pid = fork()};
    if (server.pid < 0) give_up("no process");
    if (server.pid == 0) server_become(folder, ends[1]);
    close(ends[1]);
    FILE *out = fdopen(ends[0], "r");
    char line[256] = "";
    const char *port = fgets(line, sizeof line, out) ? strrchr(line, ':') : NULL;
    if (!port) give_up("the server does not start (PANJI names the program)");
    server.port = (int)strtol(port + 1, NULL, 10);
    fclose(out);
    return server;
}

void server_stop(struct server *server)
{
    kill(server->pid, SIGTERM);
    int status;
    if (waitpid(server->pid, &status, 0) != server->pid || status != 0)
        give_up("the server ended badly: %d", status);
}

double server_processor(const struct server *server)
{
    char path[64], line[1024];
    snprintf(path, sizeof path, "/proc/%d/stat", (int)server->pid);
    FILE *file = fopen(path, "r");
    unsigned long user = 0, system = 0;
    const char *rest = file && fgets(line, sizeof line, file) ? strrchr(line, ')') : NULL;
    if (!rest || sscanf(rest, ") %*c %*s %*s %*s %*s %*s %*s %*s %*s %*s %*s %lu %lu", &user, &system) != 2)
        give_up("no %s", path);
    fclose(file);
    return (double)(user + system) / (double)sysconf(_SC_CLK_TCK);
}

double server_memory(const struct server *server)
{
    char path[64], line[256];
    snprintf(path, sizeof path, "/proc/%d/status", (int)server->pid);
    FILE *file = fopen(path, "r");
    double kilobytes = 0;
    while (file && fgets(line, sizeof line, file))
        if (strncmp(line, "VmRSS:", 6) == 0) kilobytes = atof(line + 6);
    if (file) fclose(file);
    return kilobytes / 1024;
}
