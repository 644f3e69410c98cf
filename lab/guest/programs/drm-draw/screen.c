// A screen through the kernel's mode-setting interface (drm/drm_mode.h), and a dumb buffer on it.

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/ioctl.h>
#include <sys/mman.h>

#include "drm-draw.h"

enum { most_objects = 16 };

void open_card(struct screen *screen, const char *path)
{
    uint32_t controllers[most_objects], connectors[most_objects];
    struct drm_mode_card_res resources = {0};
    screen->device = open(path, O_RDWR | O_CLOEXEC);
    if (screen->device < 0)
        fail(path);
    resources.crtc_id_ptr = (uintptr_t)controllers;
    resources.connector_id_ptr = (uintptr_t)connectors;
    resources.count_crtcs = resources.count_connectors = most_objects;
    if (ioctl(screen->device, DRM_IOCTL_MODE_GETRESOURCES, &resources) || !resources.count_crtcs || !resources.count_connectors)
        fail("it sets no modes");
    screen->controller = controllers[0];
    screen->connector = connectors[0];

    // Asked with no room for modes, the kernel looks at the monitor anew.
    struct drm_mode_get_connector connector = {.connector_id = screen->connector};
    if (ioctl(screen->device, DRM_IOCTL_MODE_GETCONNECTOR, &connector))
        fail("connector");
    connector = (struct drm_mode_get_connector){.connector_id = screen->connector};
    connector.modes_ptr = (uintptr_t)screen->modes;
    connector.count_modes = most_modes;
    if (ioctl(screen->device, DRM_IOCTL_MODE_GETCONNECTOR, &connector) || connector.count_modes > most_modes)
        fail("modes");
    screen->mode_count = connector.count_modes;
}

const struct drm_mode_modeinfo *find_mode(const struct screen *screen, uint32_t width, uint32_t height)
{
    for (uint32_t i = 0; i < screen->mode_count; i++)
        if (screen->modes[i].hdisplay == width && screen->modes[i].vdisplay == height)
            return &screen->modes[i];
    return NULL;
}

// The monitor's, else one of 60 Hz made up: the kernel wants each number no less than the one before.
static struct drm_mode_modeinfo mode_of(const struct screen *screen, uint32_t width, uint32_t height)
{
    const struct drm_mode_modeinfo *found = find_mode(screen, width, height);
    if (found)
        return *found;
    struct drm_mode_modeinfo mode = {
        .hdisplay = width, .hsync_start = width + 16, .hsync_end = width + 48, .htotal = width + 80,
        .vdisplay = height, .vsync_start = height + 3, .vsync_end = height + 9, .vtotal = height + 20,
        .vrefresh = 60, .clock = (width + 80) * (height + 20) / 1000 * 60, // in kHz
    };
    snprintf(mode.name, sizeof mode.name, "%ux%u", width, height);
    return mode;
}

static void release_buffer(struct screen *screen)
{
    struct drm_mode_destroy_dumb buffer = {.handle = screen->buffer};
    if (screen->pixels)
        munmap(screen->pixels, screen->size);
    if (screen->frame_buffer)
        ioctl(screen->device, DRM_IOCTL_MODE_RMFB, &screen->frame_buffer);
    if (screen->buffer)
        ioctl(screen->device, DRM_IOCTL_MODE_DESTROY_DUMB, &buffer);
    screen->pixels = NULL;
    screen->frame_buffer = screen->buffer = 0;
}

// The buffer before goes first, so that a mode may take all of the video memory.
int set_mode(struct screen *screen, uint32_t width, uint32_t height)
{
    release_buffer(screen);
    struct drm_mode_create_dumb buffer = {.width = width, .height = height, .bpp = 32};
    if (ioctl(screen->device, DRM_IOCTL_MODE_CREATE_DUMB, &buffer))
        return 0;
    screen->buffer = buffer.handle;
    screen->width = width, screen->height = height, screen->pitch = buffer.pitch, screen->size = buffer.size;

    struct drm_mode_fb_cmd frame_buffer = {
        .width = width, .height = height, .pitch = buffer.pitch, .bpp = 32, .depth = 24, .handle = buffer.handle,
    };
    if (ioctl(screen->device, DRM_IOCTL_MODE_ADDFB, &frame_buffer))
        return 0;
    screen->frame_buffer = frame_buffer.fb_id;

    struct drm_mode_map_dumb map = {.handle = buffer.handle};
    if (ioctl(screen->device, DRM_IOCTL_MODE_MAP_DUMB, &map))
        return 0;
    void *pixels = mmap(NULL, buffer.size, PROT_READ | PROT_WRITE, MAP_SHARED, screen->device, map.offset);
    if (pixels == MAP_FAILED)
        return 0;
    screen->pixels = pixels;

    struct drm_mode_crtc controller = {
        .crtc_id = screen->controller, .fb_id = screen->frame_buffer, .set_connectors_ptr = (uintptr_t)&screen->connector,
        .count_connectors = 1, .mode_valid = 1, .mode = mode_of(screen, width, height),
    };
    return ioctl(screen->device, DRM_IOCTL_MODE_SETCRTC, &controller) == 0;
}

// For drivers that show a copy of the buffer. The bochs driver of Linux 6.12 shows the buffer itself, and has no such call.
void flush(const struct screen *screen)
{
    struct drm_mode_fb_dirty_cmd dirty = {.fb_id = screen->frame_buffer};
    ioctl(screen->device, DRM_IOCTL_MODE_DIRTYFB, &dirty);
}
