using System.Collections.Concurrent;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Display.Screens;

/// <summary>The screens of a bus's instances. Whoever looks at one does not use its device: it is removed without waiting for them.</summary>
internal sealed class DeviceScreens : IInstanceService
{
    private readonly ConcurrentDictionary<Guid, Screen> _screens = [];

    /// <summary>An instance with a screen is there. Also told of one that is gone again by then.</summary>
    public event Action<Screen>? Added;

    /// <summary>A screen's device is being removed: the screen is gone.</summary>
    public event Action<Screen>? Removed;

    /// <summary>The screens that there are.</summary>
    public IReadOnlyList<Screen> All => [.. _screens.Values];

    /// <summary>An instance's screen; <see langword="null"/> if it has none, or there is no such instance.</summary>
    public Screen? Of(Guid uuid) => _screens.GetValueOrDefault(uuid);

    void IInstanceService.Start(MdevInstance instance)
    {
        if (instance.Device is not (VfioDevice device and IDisplay display))
            return;
        var screen = new Screen(device, display);
        _screens[instance.Uuid] = screen;
        screen.Begin();
    }

    void IInstanceService.Show(MdevInstance instance)
    {
        if (Of(instance.Uuid) is { } screen)
            Added?.Invoke(screen);
    }

    void IInstanceService.Stop(MdevInstance instance)
    {
        if (!_screens.TryRemove(instance.Uuid, out Screen? screen))
            return;
        screen.Dispose();
        Removed?.Invoke(screen);
    }
}
