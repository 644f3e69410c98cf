using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Testing.Bridge;

/// <summary>An interrupt that is armed because its file is open.</summary>
/// <param name="index">Interrupt index.</param>
/// <param name="vector">Interrupt of the index.</param>
/// <param name="file">Its file; this object closes it.</param>
internal sealed class InterruptFile(uint index, uint vector, SafeFileHandle file) : IDisposable
{
    private EventFd? _trigger, _unmask;

    public uint Index => index;

    public uint Vector => vector;

    public SafeFileHandle File => file;

    /// <summary>Gets its signals. A descriptor of our own: the caller may close his.</summary>
    public EventFd? Trigger
    {
        get => _trigger;
        set
        {
            _trigger?.Dispose();
            _trigger = value;
        }
    }

    /// <summary>Unmasks it, as KVM does at the end of an interrupt; <see langword="null"/> if nobody does by eventfd.</summary>
    public EventFd? Unmask
    {
        get => _unmask;
        set
        {
            _unmask?.Dispose();
            _unmask = value;
        }
    }

    /// <summary>Whether another user has taken the interrupt, or the device has gone: nothing comes any more.</summary>
    public bool Lost { get; set; }

    public void Dispose()
    {
        file.Dispose();
        Trigger = Unmask = null;
    }
}
