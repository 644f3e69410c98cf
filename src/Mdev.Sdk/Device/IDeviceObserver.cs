namespace Mdev.Sdk.Device;

/// <summary>
/// Sees what is done to a device and what it does, in order and on its lock: a request, the registers it meets
/// (<see cref="IRegisterObserver"/>), the interrupts it causes, the reply. It neither blocks nor throws.
/// </summary>
internal interface IDeviceObserver : IRegisterObserver
{
    /// <summary>An access begins.</summary>
    /// <param name="region">VFIO region index.</param>
    /// <param name="offset">Bytes from the start of the region.</param>
    /// <param name="count">Bytes.</param>
    /// <param name="isWrite">Whether it is a write.</param>
    /// <param name="written">The bytes of a write; empty for a read.</param>
    void OnRequest(uint region, ulong offset, int count, bool isWrite, ReadOnlySpan<byte> written);

    /// <summary>The access ends.</summary>
    /// <param name="error">What it was refused with.</param>
    /// <param name="read">The bytes of a read; empty for a write, and where it was refused.</param>
    void OnReply(Errno error, ReadOnlySpan<byte> read);

    /// <summary>The device signals an interrupt.</summary>
    /// <param name="index">VFIO interrupt index.</param>
    /// <param name="vector">Which of the index.</param>
    void OnInterrupt(int index, int vector);

    /// <summary>A client's reset begins.</summary>
    void OnReset();
}
