namespace Mdev.Sdk.Device;

/// <summary>What a device has counted since it was made. Read from any thread; a value may be a few accesses old.</summary>
public sealed class AccessCounters
{
    internal long UnclaimedReads;
    internal long UnclaimedWrites;
    internal long HandlerFaults;
    internal long UnexpectedWrites;
    internal long LateWork;

    internal AccessCounters() { }

    /// <summary>Reads of bytes that no register claims.</summary>
    public long Unclaimed => Volatile.Read(ref UnclaimedReads) + Volatile.Read(ref UnclaimedWrites);

    /// <summary>Writes that would have changed reserved bits, or ask something of bits that are not implemented.</summary>
    public long Unexpected => Volatile.Read(ref UnexpectedWrites);

    /// <summary>Handlers that threw.</summary>
    public long Faults => Volatile.Read(ref HandlerFaults);

    /// <summary>Work in flight that did not end in time for a reset or a stop, which went on without it.</summary>
    public long Late => Volatile.Read(ref LateWork);
}
