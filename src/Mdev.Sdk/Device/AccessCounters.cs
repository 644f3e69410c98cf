namespace Mdev.Sdk.Device;

/// <summary>What a device has counted since it was made. Read from any thread; a value may be a few accesses old.</summary>
public sealed class AccessCounters
{
    internal long UnclaimedReads;
    internal long UnclaimedWrites;
    internal long HandlerFaults;
    internal long UnexpectedWrites;
    internal long LateWork;
    internal long RefusedCommands;
    internal long AcceptedClients;
    internal long ResetsByClient;

    // By region, made with the regions.
    internal long[] RegionReads = [];
    internal long[] RegionWrites = [];

    internal AccessCounters() { }

    /// <summary>Reads of regions by messages; what a client has mapped is not among them.</summary>
    public long Reads => Sum(RegionReads);

    /// <summary>Writes to regions by messages; what a client has mapped is not among them.</summary>
    public long Writes => Sum(RegionWrites);

    /// <summary>Commands of clients that were refused with an errno, and connections that ended because nothing in them could be trusted.</summary>
    public long ProtocolErrors => Volatile.Read(ref RefusedCommands);

    /// <summary>Clients that have come, one after the other.</summary>
    public long Connections => Volatile.Read(ref AcceptedClients);

    /// <summary>Resets that clients have asked for.</summary>
    public long Resets => Volatile.Read(ref ResetsByClient);

    /// <summary>Accesses to bytes that no register claims.</summary>
    public long Unclaimed => Volatile.Read(ref UnclaimedReads) + Volatile.Read(ref UnclaimedWrites);

    /// <summary>Writes that would have changed reserved bits, or ask something of bits that are not implemented.</summary>
    public long Unexpected => Volatile.Read(ref UnexpectedWrites);

    /// <summary>Handlers that threw.</summary>
    public long Faults => Volatile.Read(ref HandlerFaults);

    /// <summary>Work in flight that did not end in time for a reset or a stop, which went on without it.</summary>
    public long Late => Volatile.Read(ref LateWork);

    private static long Sum(long[] byRegion)
    {
        long sum = 0;
        for (int region = 0; region < byRegion.Length; region++)
            sum += Volatile.Read(ref byRegion[region]);
        return sum;
    }
}
