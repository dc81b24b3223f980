/* Loaded before libc: writes down, in their order, what a process does to the files whose path begins with
 * $POWER_CUT_FILES: data that was handed to the kernel, and when it was asked to be on the disk. The log is
 * $POWER_CUT_LOG, a record « operation path offset length\n » and the data. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <unistd.h>

static pthread_mutex_t turn = PTHREAD_MUTEX_INITIALIZER;

static void record(char operation, const char *path, off_t offset, const void *data, size_t length) {
    static int out = -1;
    char head[4200];
    const char *log = getenv("POWER_CUT_LOG");
    if (log == NULL) return;
    if (out < 0) out = syscall(SYS_openat, AT_FDCWD, log, O_WRONLY | O_CREAT | O_APPEND, 0600);
    int n = snprintf(head, sizeof head, "%c %s %lld %zu\n", operation, path, (long long)offset, length);
    syscall(SYS_write, out, head, n);
    if (data != NULL) syscall(SYS_write, out, data, length);
}

static int is_ours(const char *path) {
    const char *ours = getenv("POWER_CUT_FILES");
    return ours != NULL && strncmp(path, ours, strlen(ours)) == 0 && strstr(path, "-shm") == NULL;
}

static int named(int fd, char *path, size_t size) {
    char link[64];
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t n = readlink(link, path, size - 1);
    if (n <= 0) return 0;
    path[n] = 0;
    return is_ours(path);
}

#define WATCH(result, call, operation, fd, offset, data, length) \
    char path[4096]; \
    if (!named(fd, path, sizeof path)) return call; \
    pthread_mutex_lock(&turn); \
    result done = call; \
    if (done >= 0) record(operation, path, offset, data, length); \
    pthread_mutex_unlock(&turn); \
    return done;

ssize_t write(int fd, const void *data, size_t length) {
    WATCH(ssize_t, syscall(SYS_write, fd, data, length), 'w', fd, lseek(fd, 0, SEEK_CUR) - done, data, done)
}
ssize_t pwrite64(int fd, const void *data, size_t length, off_t offset) {
    WATCH(ssize_t, syscall(SYS_pwrite64, fd, data, length, offset), 'w', fd, offset, data, done)
}
ssize_t pwrite(int fd, const void *data, size_t length, off_t offset) { return pwrite64(fd, data, length, offset); }
int ftruncate64(int fd, off_t length) {
    WATCH(int, syscall(SYS_ftruncate, fd, length), 't', fd, length, NULL, 0)
}
int ftruncate(int fd, off_t length) { return ftruncate64(fd, length); }
int fsync(int fd) { WATCH(int, syscall(SYS_fsync, fd), 's', fd, 0, NULL, 0) }
int fdatasync(int fd) { WATCH(int, syscall(SYS_fdatasync, fd), 's', fd, 0, NULL, 0) }
int unlink(const char *path) {
    pthread_mutex_lock(&turn);
    int done = syscall(SYS_unlinkat, AT_FDCWD, path, 0);
    if (done == 0 && is_ours(path)) record('u', path, 0, NULL, 0);
    pthread_mutex_unlock(&turn);
    return done;
}
