namespace Mdev.Sdk.Testing;

public sealed partial class VfioUserClient
{
    private const ushort DeviceFeature = 16;
    private const int FeatureHead = 8;
    private const uint Probe = 1 << 18;

    /// <summary>DEVICE_FEATURE with PROBE: whether the device has a feature, and can do that with it.</summary>
    /// <param name="feature">The feature; any number of 16 bits.</param>
    /// <param name="operations">What is to be done with it.</param>
    /// <returns>None if it can; ENOTTY, of this SDK's server, for a feature it does not have.</returns>
    public Errno TryProbeFeature(VfioFeature feature, VfioFeatureOperations operations)
    {
        uint flags = (ushort)feature | (uint)operations | Probe;
        BeginFeature(flags, FeatureHead, 0);
        Errno error = Call(DeviceFeature, out ReadOnlySpan<byte> reply);
        if (error == Errno.None)
            Expect(reply.Length == FeatureHead && ReadUInt32(reply, 4) == flags, "a DEVICE_FEATURE reply does not repeat its probe");
        return error;
    }

    /// <summary>DEVICE_FEATURE with GET.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="question">What goes with the request, and comes back in the reply.</param>
    /// <param name="data">Receives exactly its own length in bytes, which follow the question; untouched unless the result is None.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TryGetFeature(VfioFeature feature, ReadOnlySpan<byte> question, Span<byte> data)
    {
        uint flags = (ushort)feature | (uint)VfioFeatureOperations.Get;
        int full = FeatureHead + question.Length + data.Length;
        question.CopyTo(BeginFeature(flags, full, question.Length));
        Errno error = Call(DeviceFeature, out ReadOnlySpan<byte> reply);
        if (error != Errno.None)
            return error;
        Expect(
            reply.Length == full && ReadUInt32(reply, 0) == (uint)full && ReadUInt32(reply, 4) == flags,
            "a DEVICE_FEATURE reply has the wrong form");
        Expect(reply.Slice(FeatureHead, question.Length).SequenceEqual(question), "a DEVICE_FEATURE reply does not repeat its question");
        reply[(FeatureHead + question.Length)..].CopyTo(data);
        return Errno.None;
    }

    /// <summary>DEVICE_FEATURE with SET.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="data">What it is given.</param>
    /// <returns>None, or the errno of an error reply.</returns>
    public Errno TrySetFeature(VfioFeature feature, ReadOnlySpan<byte> data)
    {
        uint flags = (ushort)feature | (uint)VfioFeatureOperations.Set;
        data.CopyTo(BeginFeature(flags, FeatureHead + data.Length, data.Length));
        Errno error = Call(DeviceFeature, out ReadOnlySpan<byte> reply);
        if (error == Errno.None)
            Expect(reply.Length == FeatureHead + data.Length && ReadUInt32(reply, 4) == flags, "a DEVICE_FEATURE reply does not repeat what was set");
        return error;
    }

    private Span<byte> BeginFeature(uint flags, int argumentSize, int dataSize)
    {
        Span<byte> payload = Begin(FeatureHead + dataSize);
        WriteUInt32(payload, 0, (uint)argumentSize);
        WriteUInt32(payload, 4, flags);
        return payload[FeatureHead..];
    }
}
