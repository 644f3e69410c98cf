namespace Mdev.Sdk.Testing.Bridge;

public sealed partial class BridgeNodeClient
{
    private const int FeatureHead = 8;
    private const uint Probe = 1 << 18;

    /// <summary>VFIO_DEVICE_FEATURE with PROBE: whether the device has a feature, and can do that with it.</summary>
    /// <param name="feature">The feature; any number of 16 bits.</param>
    /// <param name="operations">What is to be done with it.</param>
    /// <returns>None if it can, or why not.</returns>
    public Errno TryProbeFeature(VfioFeature feature, VfioFeatureOperations operations) =>
        TryCall(Request.Feature, BeginFeature((ushort)feature | (uint)operations | Probe, 0));

    /// <summary>VFIO_DEVICE_FEATURE with GET.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="data">Receives exactly its own length in bytes; untouched unless the result is None.</param>
    /// <returns>None, or why it is refused.</returns>
    public Errno TryGetFeature(VfioFeature feature, Span<byte> data)
    {
        Span<byte> argument = BeginFeature((ushort)feature | (uint)VfioFeatureOperations.Get, data.Length);
        Errno error = TryCall(Request.Feature, argument);
        if (error == Errno.None)
            argument[FeatureHead..].CopyTo(data);
        return error;
    }

    /// <summary>VFIO_DEVICE_FEATURE with SET.</summary>
    /// <param name="feature">The feature.</param>
    /// <param name="data">What it is given.</param>
    /// <returns>None, or why it is refused.</returns>
    public Errno TrySetFeature(VfioFeature feature, ReadOnlySpan<byte> data)
    {
        Span<byte> argument = BeginFeature((ushort)feature | (uint)VfioFeatureOperations.Set, data.Length);
        data.CopyTo(argument[FeatureHead..]);
        return TryCall(Request.Feature, argument);
    }

    private Span<byte> BeginFeature(uint flags, int size)
    {
        Span<byte> argument = Begin(FeatureHead + size);
        WriteUInt32(argument, 4, flags);
        return argument;
    }
}
