// A screen through the kernel's frame-buffer device (linux/fb.h), in the mode that it has.

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include <linux/fb.h>
#include <linux/kd.h>

#include "drm-draw.h"

void draw_by_frame_buffer(const char *path, const char *pattern)
{
    struct fb_fix_screeninfo fixed;
    struct fb_var_screeninfo mode;
    int device = open(path, O_RDWR | O_CLOEXEC), terminal = open("/dev/tty0", O_RDWR | O_CLOEXEC);
    if (device < 0 || ioctl(device, FBIOGET_FSCREENINFO, &fixed) || ioctl(device, FBIOGET_VSCREENINFO, &mode))
        fail(path);
    if (mode.bits_per_pixel != 32)
        errno = ENOTSUP, fail(path);
    // Otherwise the kernel's text console, if it has the screen, goes on drawing its cursor.
    ioctl(terminal, KDSETMODE, KD_GRAPHICS);
    size_t size = (size_t)fixed.line_length * mode.yres;
    uint8_t *pixels = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED, device, 0);
    if (pixels == MAP_FAILED)
        fail("map");
    draw(pixels, mode.xres, mode.yres, fixed.line_length, pattern);
    // What is drawn here may be memory that the kernel copies into the device's a moment later, or now.
    if (fsync(device))
        fail("fsync");
    say("drawn %ux%u %s", mode.xres, mode.yres, pattern);
    ioctl(terminal, KDSETMODE, KD_TEXT);
}
