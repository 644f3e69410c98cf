namespace Mdev.Sdk.Device;

/// <summary>Sees every register access of a device, on the device's lock. It must not block for long.</summary>
public interface IRegisterObserver
{
    /// <summary>Called after each access.</summary>
    void OnAccess(in RegisterAccess access);
}
