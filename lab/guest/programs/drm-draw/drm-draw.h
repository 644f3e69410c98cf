// What the parts of drm-draw share; main.c says what the program is for.

#include <stddef.h>
#include <stdint.h>

#include <drm/drm.h>
#include <drm/drm_mode.h>

enum { most_modes = 128 };

// One screen, and what is kept of it from one mode to the next.
struct screen {
    int device;
    uint32_t controller, connector; // CRTC and connector, by the kernel's numbers
    struct drm_mode_modeinfo modes[most_modes];
    uint32_t mode_count;
    uint32_t buffer, frame_buffer; // the dumb buffer's handle, and what makes a screen's content of it; 0: none
    uint32_t width, height, pitch; // pitch: bytes from one row to the next
    size_t size;
    uint8_t *pixels;
};

// main.c: ends the program with the kernel's reason.
void fail(const char *what);

// main.c: prints a line, and waits until somebody has answered it.
void say(const char *format, ...);

// pattern.c: gives every pixel of a rectangle, whose rows begin pitch bytes after one another, its colour.
void draw(uint8_t *pixels, uint32_t width, uint32_t height, uint32_t pitch, const char *pattern);

// pattern.c: whether that is the name of one.
int is_pattern(const char *text);

// screen.c: opens the card, and reads the modes of its first monitor.
void open_card(struct screen *screen, const char *path);

// screen.c: the monitor's first mode of that size, it may have several with one rate each; NULL: it has none.
const struct drm_mode_modeinfo *find_mode(const struct screen *screen, uint32_t width, uint32_t height);

// screen.c: makes a buffer and shows it; false, with errno, if the kernel refuses.
int set_mode(struct screen *screen, uint32_t width, uint32_t height);

// screen.c: tells the kernel that the pixels have changed.
void flush(const struct screen *screen);

// frame-buffer.c: draws through the frame-buffer device, in the mode that it has.
void draw_by_frame_buffer(const char *path, const char *pattern);

// memory.c: draws in a card's memory, which has no driver, as a driver in user space does; rows follow one another.
void draw_in_memory(const char *path, uint32_t width, uint32_t height, const char *pattern);
