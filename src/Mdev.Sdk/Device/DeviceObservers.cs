namespace Mdev.Sdk.Device;

/// <summary>Several observers where one is expected.</summary>
internal sealed class DeviceObservers(IDeviceObserver[] observers) : IDeviceObserver
{
    public void OnAccess(in RegisterAccess access)
    {
        foreach (IDeviceObserver observer in observers)
            observer.OnAccess(access);
    }

    public void OnRequest(uint region, ulong offset, int count, bool isWrite, ReadOnlySpan<byte> written)
    {
        foreach (IDeviceObserver observer in observers)
            observer.OnRequest(region, offset, count, isWrite, written);
    }

    public void OnReply(Errno error, ReadOnlySpan<byte> read)
    {
        foreach (IDeviceObserver observer in observers)
            observer.OnReply(error, read);
    }

    public void OnInterrupt(int index, int vector)
    {
        foreach (IDeviceObserver observer in observers)
            observer.OnInterrupt(index, vector);
    }

    public void OnReset()
    {
        foreach (IDeviceObserver observer in observers)
            observer.OnReset();
    }
}
