using System.Diagnostics.Metrics;
using Mdev.Sdk.Device;

namespace Mdev.Sdk.Observation;

/// <summary>A device whose counters are being read.</summary>
internal readonly record struct MeasuredDevice(MdevInstance Instance, VfioDevice Device)
{
    /// <summary>A value with the tags that every one of the device has: parent, type, UUID.</summary>
    public Measurement<long> Measure(long value, params ReadOnlySpan<KeyValuePair<string, object?>> more) => new(
        value,
        [
            new("mdev.parent", Instance.Type.Parent.Name),
            new("mdev.type", Instance.Type.Id),
            new("mdev.uuid", Instance.Uuid.ToString()),
            .. more,
        ]);
}
