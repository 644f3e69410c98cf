namespace Mdev.Sdk.Device;

/// <summary>Who has a device's interrupts on the host, as long as no vfio-user client wants them.</summary>
internal interface IInterruptUser
{
    /// <summary>A client has come, and has them now. On the device's lock, so it must not block.</summary>
    void Lost();
}
