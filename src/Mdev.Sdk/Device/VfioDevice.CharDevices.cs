namespace Mdev.Sdk.Device;

/// <summary>The host's ends of the device: character devices that it, its register blocks and its terminals declare.</summary>
public abstract partial class VfioDevice
{
    private List<ICharDevice>? _charDevices;

    /// <summary>The character devices that it has, as they were declared.</summary>
    internal IReadOnlyList<ICharDevice> CharDevices
    {
        get
        {
            lock (Gate)
                return _charDevices is null ? [] : [.. _charDevices];
        }
    }

    /// <summary>The device has a character device more, if it is not the one of registers that can be reached in two places; before it is served.</summary>
    internal void Add(ICharDevice charDevice)
    {
        lock (Gate)
        {
            _charDevices ??= [];
            if (!_charDevices.Contains(charDevice))
                _charDevices.Add(charDevice);
        }
    }
}
