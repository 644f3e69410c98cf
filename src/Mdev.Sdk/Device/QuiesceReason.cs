namespace Mdev.Sdk.Device;

/// <summary>Why a device must come to rest.</summary>
public enum QuiesceReason
{
    /// <summary>It is reset: by the client, by function level reset, by a return to D0, or by its own code. What was under way is void.</summary>
    Reset,

    /// <summary>It stops, for a migration or a snapshot, and goes on later, here or elsewhere. What was under way is not.</summary>
    Stop,

    /// <summary>It ends.</summary>
    End,
}
