namespace Mdev.Sdk.Device;

/// <summary>Who looks at the device; nobody, as a rule, and then an access pays for one comparison.</summary>
public abstract partial class VfioDevice
{
    private IRegisterObserver? _own;
    private IDeviceObserver[] _observers = [];

    // All of those as one; null if there are none.
    private IDeviceObserver? _observer;

    private DeviceClient? _client;

    /// <summary>Sees every register access; <see langword="null"/> if nobody looks.</summary>
    public IRegisterObserver? Observer
    {
        get => _own;
        set
        {
            lock (Gate)
            {
                _own = value;
                Combine();
            }
        }
    }

    /// <summary>Whoever sees register accesses, as one.</summary>
    internal IRegisterObserver? RegisterObserver { get; private set; }

    /// <summary>Who uses the device; <see langword="null"/> for nobody. Any thread.</summary>
    internal DeviceClient? Client
    {
        get => Volatile.Read(ref _client);
        set => Volatile.Write(ref _client, value);
    }

    /// <summary>From here on an observer sees everything. Between two accesses.</summary>
    internal void Add(IDeviceObserver observer)
    {
        lock (Gate)
        {
            _observers = [.. _observers, observer];
            Combine();
        }
    }

    /// <summary>An observer sees nothing any more once this has returned.</summary>
    internal void Remove(IDeviceObserver observer)
    {
        lock (Gate)
        {
            _observers = [.. _observers.Where(o => o != observer)];
            Combine();
        }
    }

    private void Combine()
    {
        _observer = _observers switch
        {
            [] => null,
            [var only] => only,
            _ => new DeviceObservers(_observers),
        };
        RegisterObserver = _own is null ? _observer : _observer is null ? _own : new BothObservers(_own, _observer);
        Interrupts.Trace(_observer is { } observer ? observer.OnInterrupt : null);
    }

    // An access that never reached the device, for those who look; the lock is theirs.
    private Errno RefuseTraced(uint region, ulong offset, int count, bool isWrite, ReadOnlySpan<byte> written)
    {
        if (Volatile.Read(ref _observer) is null)
            return Errno.EINVAL;
        lock (Gate)
        {
            _observer?.OnRequest(region, offset, count, isWrite, written);
            _observer?.OnReply(Errno.EINVAL, []);
        }
        return Errno.EINVAL;
    }
}
