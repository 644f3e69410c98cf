namespace Mdev.Sdk.Testing;

/// <summary>What a client answers to a DMA_READ or DMA_WRITE, right or wrong.</summary>
public sealed class VfioDmaAnswer
{
    private VfioDmaAnswer(byte[]? payload, Errno error) => (Payload, Error) = (payload, error);

    /// <summary>None at all.</summary>
    public static VfioDmaAnswer Silence { get; } = new(null, Errno.None);

    internal byte[]? Payload { get; }

    internal Errno Error { get; }

    /// <summary>A reply of these bytes, whatever they are; a right one begins with address and count, 8 bytes each.</summary>
    /// <param name="payload">What follows the header.</param>
    public static VfioDmaAnswer Reply(params byte[] payload)
    {
        ArgumentNullException.ThrowIfNull(payload);
        return new(payload, Errno.None);
    }

    /// <summary>An error reply.</summary>
    /// <param name="error">Its errno.</param>
    public static VfioDmaAnswer Refusal(Errno error) => new([], error);
}
