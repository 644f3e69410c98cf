namespace Mdev.Sdk.Observation;

/// <summary>What has been counted since the device was made.</summary>
public sealed record CountersSnapshot
{
    /// <summary>Accesses by messages, for each region that has been accessed.</summary>
    public required IReadOnlyList<RegionCount> Regions { get; init; }

    /// <summary>Reads of bytes that no register claims.</summary>
    public required long UnclaimedReads { get; init; }

    /// <summary>Writes of bytes that no register claims.</summary>
    public required long UnclaimedWrites { get; init; }

    /// <summary>Writes that would have changed reserved bits, or ask something of bits that are not implemented.</summary>
    public required long UnexpectedWrites { get; init; }

    /// <summary>Handlers that threw.</summary>
    public required long Faults { get; init; }

    /// <summary>Work in flight that did not end in time for a reset or a stop.</summary>
    public required long LateWork { get; init; }

    /// <summary>Commands of clients that were refused, and connections that ended because nothing in them could be trusted.</summary>
    public required long ProtocolErrors { get; init; }

    /// <summary>Clients that have come.</summary>
    public required long Connections { get; init; }

    /// <summary>Resets that clients have asked for.</summary>
    public required long Resets { get; init; }

    /// <summary>Mappings of guest memory whose file the client truncated.</summary>
    public required long BrokenMappings { get; init; }

    /// <summary>Mappings of guest memory that were taken away from the device's code because it did not return its leases in time.</summary>
    public required long RevokedMappings { get; init; }
}
