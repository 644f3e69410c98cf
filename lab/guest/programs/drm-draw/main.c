// Draws test pictures on a guest's screen: through the kernel's mode-setting interface, in a dumb buffer, through the
// frame-buffer device, or in a card's memory. lab/boot compiles it into every guest; lab/README.md says how somebody outside follows it.

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "drm-draw.h"

static const char usage[] =
    "usage: drm-draw [DEVICE] VERB, with DEVICE /dev/dri/card0, or /dev/fb0 for fb, unless it is given\n"
    "\n"
    "  modes                   print the monitor's sizes, the preferred one first\n"
    "  set WxH PATTERN         set that mode, whether the monitor has it or not, and draw\n"
    "  sweep [WxH]...          the same for each of them, else for each of the monitor's; patterns hash:1, hash:2, ...\n"
    "  animate WxH SECONDS     draw picture, then change a quarter of the screen 30 times a second\n"
    "  fb PATTERN              draw through the frame-buffer device, in the mode that it has\n"
    "  memory WxH PATTERN      draw in a card's memory, with no driver: DEVICE is its /sys/bus/pci/devices/ADDRESS/resource0\n"
    "\n"
    "PATTERN is picture or hash:NUMBER. 'drawn WxH PATTERN' says that every pixel is there, and 'refused WxH: WHY' that the\n"
    "kernel refused the mode; then a line, or the end, of standard input is waited for.\n"
    "Status: 0, 1 something was refused or failed, 2 wrong usage.\n";

enum { wrong_usage = 2, longest_side = 16384 };

void fail(const char *what)
{
    fprintf(stderr, "drm-draw: %s: %s\n", what, strerror(errno));
    exit(1);
}

static void refuse_usage(void)
{
    fputs(usage, stderr);
    exit(wrong_usage);
}

void say(const char *format, ...)
{
    char line[256];
    va_list arguments;
    va_start(arguments, format);
    vprintf(format, arguments);
    va_end(arguments);
    putchar('\n');
    fflush(stdout);
    if (!fgets(line, sizeof line, stdin))
        clearerr(stdin);
}

// False if the mode was refused.
static int show(struct screen *screen, uint32_t width, uint32_t height, const char *pattern)
{
    if (!set_mode(screen, width, height)) {
        say("refused %ux%u: %s", width, height, strerror(errno));
        return 0;
    }
    draw(screen->pixels, width, height, screen->pitch, pattern);
    flush(screen);
    say("drawn %ux%u %s", width, height, pattern);
    return 1;
}

// Frame n goes to quarter n % 4 (left or right, upper or lower), and is the picture in that size, its colours
// exclusive-ored with n % 8 * 0x202020.
static void animate(struct screen *screen, uint32_t seconds)
{
    uint32_t width = screen->width / 2, height = screen->height / 2, frames = seconds * 30;
    size_t count = (size_t)width * height;
    uint32_t *tints = malloc(8 * count * sizeof *tints);
    if (!tints)
        fail("memory");
    draw((uint8_t *)tints, width, height, width * 4, "picture");
    for (size_t i = count; i < 8 * count; i++)
        tints[i] = tints[i % count] ^ (uint32_t)(i / count) * 0x202020;

    struct timespec next;
    clock_gettime(CLOCK_MONOTONIC, &next);
    for (uint32_t n = 0; n < frames; n++) {
        uint8_t *corner = screen->pixels + (n & 2 ? (size_t)height * screen->pitch : 0) + (n & 1 ? width * 4 : 0);
        for (uint32_t y = 0; y < height; y++)
            memcpy(corner + (size_t)y * screen->pitch, tints + n % 8 * count + (size_t)y * width, width * 4);
        flush(screen);
        next.tv_nsec += 1000000000 / 30;
        if (next.tv_nsec >= 1000000000)
            next.tv_nsec -= 1000000000, next.tv_sec++;
        clock_nanosleep(CLOCK_MONOTONIC, TIMER_ABSTIME, &next, NULL);
    }
    free(tints);
    say("animated %ux%u %u frames", screen->width, screen->height, frames);
}

static void read_size(const char *text, uint32_t *width, uint32_t *height)
{
    if (sscanf(text, "%ux%u", width, height) != 2 || *width - 1 >= longest_side || *height - 1 >= longest_side)
        refuse_usage();
}

// Each size of a sweep has a pattern of its own, so that no earlier picture passes for it.
static int show_next(struct screen *screen, uint32_t width, uint32_t height, uint32_t number)
{
    char pattern[32];
    snprintf(pattern, sizeof pattern, "hash:%u", number);
    return show(screen, width, height, pattern);
}

// Each of the monitor's sizes once: printed, or shown. The status.
static int for_each_mode(struct screen *screen, int shown)
{
    int refused = 0;
    uint32_t number = 0;
    for (uint32_t i = 0; i < screen->mode_count; i++) {
        const struct drm_mode_modeinfo *mode = &screen->modes[i];
        if (find_mode(screen, mode->hdisplay, mode->vdisplay) != mode)
            continue;
        if (shown)
            refused |= !show_next(screen, mode->hdisplay, mode->vdisplay, ++number);
        else
            printf("%ux%u\n", mode->hdisplay, mode->vdisplay);
    }
    return refused;
}

int main(int count, char **words)
{
    static struct screen screen;
    uint32_t width, height;
    int refused = 0;
    char *path = NULL;
    if (count > 1 && words[1][0] == '/')
        path = words[1], words++, count--;
    if (count < 2)
        refuse_usage();
    const char *verb = words[1];

    if (strcmp(verb, "--help") == 0)
        return fputs(usage, stdout) < 0;
    if (strcmp(verb, "fb") == 0 && count == 3) {
        if (!is_pattern(words[2]))
            refuse_usage();
        draw_by_frame_buffer(path ? path : "/dev/fb0", words[2]);
        return 0;
    }
    if (strcmp(verb, "memory") == 0 && count == 4 && path) {
        read_size(words[2], &width, &height);
        if (!is_pattern(words[3]))
            refuse_usage();
        draw_in_memory(path, width, height, words[3]);
        return 0;
    }
    open_card(&screen, path ? path : "/dev/dri/card0");
    if ((strcmp(verb, "modes") == 0 || strcmp(verb, "sweep") == 0) && count == 2)
        return for_each_mode(&screen, verb[0] == 's');
    if (strcmp(verb, "sweep") == 0) {
        for (int i = 2; i < count; i++) {
            read_size(words[i], &width, &height);
            refused |= !show_next(&screen, width, height, i - 1);
        }
        return refused;
    }
    if ((strcmp(verb, "set") != 0 && strcmp(verb, "animate") != 0) || count != 4)
        refuse_usage();
    read_size(words[2], &width, &height);
    if (verb[0] == 's') {
        if (!is_pattern(words[3]))
            refuse_usage();
        return !show(&screen, width, height, words[3]);
    }
    if (!show(&screen, width, height, "picture"))
        return 1;
    animate(&screen, strtoul(words[3], NULL, 10));
    return 0;
}
