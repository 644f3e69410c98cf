// The steps, by name.

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/time.h>
#include <unistd.h>

#include "char-device.h"

static int device = -1;
static uint8_t buffer[largest];

// A number, what follows it, and nothing negative or beyond a limit.
static unsigned long number(const char *step, const char *text, const char **end, unsigned long limit)
{
    char *rest;
    unsigned long value = strtoul(text, &rest, 0);
    if (rest == text || text[0] == '-' || value > limit || (!end && *rest))
        refuse_usage(step);
    if (end)
        *end = rest;
    return value;
}

// Two numbers with a mark between them. False: there is only one.
static int numbers(const char *step, const char *text, char mark, unsigned long *first, unsigned long *second)
{
    const char *rest;
    *first = number(step, text, &rest, ~0ul);
    if (!*rest)
        return 0;
    if (*rest != mark)
        refuse_usage(step);
    *second = number(step, rest + 1, NULL, ~0ul);
    return 1;
}

static long open_device(const char *path, const char *step, const char *how)
{
    int flags = strncmp(how, "rw", 2) == 0 ? O_RDWR : how[0] == 'r' ? O_RDONLY : how[0] == 'w' ? O_WRONLY : -1;
    const char *rest = how + (flags == O_RDWR ? 2 : 1);
    if (flags < 0 || (strcmp(rest, "n") != 0 && *rest))
        refuse_usage(step);
    device = open(path, flags | O_CLOEXEC | O_NOCTTY | (*rest ? O_NONBLOCK : 0));
    return device < 0 ? -1 : 0;
}

static long read_device(const char *step, const char *text)
{
    unsigned long count, offset;
    int is_placed = numbers(step, text, '@', &count, &offset);
    if (count > largest)
        refuse_usage(step);
    long result = print_result(is_placed ? pread(device, buffer, count, offset) : read(device, buffer, count));
    if (result > 0 && result <= 64)
        print_text(buffer, result);
    return result;
}

static long fill(const char *step, const char *text)
{
    unsigned long count = number(step, text, NULL, largest);
    for (unsigned long i = 0; i < count; i++)
        buffer[i] = i;
    return print_result(write(device, buffer, count));
}

static long poll_device(const char *step, const char *text, short events)
{
    struct pollfd request = { .fd = device, .events = events };
    int result = poll(&request, 1, number(step, text, NULL, 1 << 30));
    if (result < 0)
        return print_result(result);
    print_events(request.revents);
    return 0;
}

static long control(const char *step, const char *text)
{
    const char *rest;
    unsigned long request = number(step, text, &rest, ~0u), size = 0;
    unsigned byte;
    memset(buffer, 0, 1 << 14);
    if (*rest == ':')
        size = number(step, rest + 1, &rest, 1 << 14);
    if (*rest == ':') {
        rest++;
        for (unsigned long i = 0; i < size && sscanf(rest, "%2x", &byte) == 1 && rest[1]; i++, rest += 2)
            buffer[i] = byte;
    }
    if (*rest)
        refuse_usage(step);
    long result = print_result(ioctl(device, request, size ? buffer : NULL));
    if (result >= 0 && size)
        print_hexadecimal(buffer, size);
    return result;
}

// The calls with a pointer that leads nowhere, or with a number in its place.
static long with_pointer(const char *step, const char *text, char call)
{
    unsigned long first, second;
    if (!numbers(step, text, ':', &first, &second))
        refuse_usage(step);
    return print_result(call == 'r' ? read(device, (void *)second, first)
                        : call == 'w' ? write(device, (void *)second, first)
                                      : ioctl(device, first, second));
}

static long set_blocking(const char *step, const char *text)
{
    int flags = fcntl(device, F_GETFL);
    if (strcmp(text, "on") != 0 && strcmp(text, "off") != 0)
        refuse_usage(step);
    return print_result(fcntl(device, F_SETFL, strcmp(text, "on") == 0 ? flags | O_NONBLOCK : flags & ~O_NONBLOCK));
}

static void ignore(int signal)
{
    (void)signal;
}

static long signal_later(unsigned long milliseconds)
{
    // Without SA_RESTART: what waits ends with EINTR.
    struct sigaction action = { .sa_handler = ignore };
    struct itimerval time = { .it_value = { milliseconds / 1000, milliseconds % 1000 * 1000 } };
    sigaction(SIGALRM, &action, NULL);
    return print_result(setitimer(ITIMER_REAL, &time, NULL));
}

static long open_more(const char *path, unsigned long count)
{
    struct rlimit limit = { 1 << 16, 1 << 16 };
    unsigned long opened = 0;
    setrlimit(RLIMIT_NOFILE, &limit);
    while (opened < count && open(path, O_RDWR | O_CLOEXEC | O_NOCTTY) >= 0)
        opened++;
    printf(" %lu", opened);
    return opened < count ? print_result(-1) : 0;
}

static long map(unsigned long count)
{
    return print_result(mmap(NULL, count, PROT_READ, MAP_SHARED, device, 0) == MAP_FAILED ? -1 : 0);
}

int take_step(const char *path, const char *step)
{
    char name[16] = "";
    const char *equals = strchr(step, '='), *text = equals ? equals + 1 : "";
    size_t length = equals ? (size_t)(equals - step) : strlen(step);
    long result = 0;
    if (length >= sizeof name)
        refuse_usage(step);
    memcpy(name, step, length);
    printf("%s:", step);

#define STEP(word) (strcmp(name, word) == 0)
    if (STEP("open"))
        result = print_result(open_device(path, step, text));
    else if (STEP("read"))
        result = read_device(step, text);
    else if (STEP("write"))
        result = print_result(write(device, text, strlen(text)));
    else if (STEP("fill"))
        result = fill(step, text);
    else if (STEP("poll"))
        result = poll_device(step, text, POLLIN | POLLOUT | POLLPRI);
    else if (STEP("poll-in"))
        result = poll_device(step, text, POLLIN);
    else if (STEP("ioctl"))
        result = control(step, text);
    else if (STEP("ioctl-at"))
        result = with_pointer(step, text, 'i');
    else if (STEP("read-at"))
        result = with_pointer(step, text, 'r');
    else if (STEP("write-at"))
        result = with_pointer(step, text, 'w');
    else if (STEP("nonblock"))
        result = set_blocking(step, text);
    else if (STEP("signal"))
        result = signal_later(number(step, text, NULL, 1 << 30));
    else if (STEP("seek"))
        result = print_result(lseek(device, number(step, text, NULL, ~0ul >> 1), SEEK_SET));
    else if (STEP("map"))
        result = map(number(step, text, NULL, ~0ul));
    else if (STEP("more"))
        result = open_more(path, number(step, text, NULL, 1 << 15));
    else if (STEP("wait"))
        result = print_result(usleep(number(step, text, NULL, 1 << 20) * 1000));
    else if (STEP("close") && !equals)
        result = print_result(close(device));
    else
        refuse_usage(step);
#undef STEP
    putchar('\n');
    return result >= 0;
}
