namespace Mdev.Sdk.Device;

/// <summary>The vendor's own observer of registers, and those who trace the device.</summary>
internal sealed class BothObservers(IRegisterObserver own, IRegisterObserver tracers) : IRegisterObserver
{
    public void OnAccess(in RegisterAccess access)
    {
        own.OnAccess(access);
        tracers.OnAccess(access);
    }
}
