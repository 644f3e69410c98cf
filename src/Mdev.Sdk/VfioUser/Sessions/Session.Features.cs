using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Mdev.Sdk.Migration;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>DEVICE_FEATURE: migration, and what the device writes to guest memory meanwhile.</summary>
internal sealed partial class Session
{
    // Errors are the kernel's: ENOTTY for a feature that the device does not have, EINVAL for everything said wrongly of one that it has.
    private Errno DeviceFeature(in Message message, out int length)
    {
        length = 0;
        if (!TryParse(message, DeviceFeatureRequest.Length, out DeviceFeatureRequest request) || !request.IsValid)
            return Errno.EINVAL;
        FeatureFlags offered = OperationsOf(request.Feature);
        if (offered == FeatureFlags.None)
            return Errno.ENOTTY;
        if ((request.Operations & ~offered) != 0)
            return Errno.EINVAL;

        // vfio-user: the reply to a probe, and to a SET, is the request.
        bool echoes = request.IsProbe || request.Operations == FeatureFlags.Set;
        if (echoes && request.ArgumentSize < (uint)message.Payload.Length)
            return Errno.EINVAL;
        Errno error = request.IsProbe ? Errno.None : Carry(request, message.Payload[DeviceFeatureRequest.Length..], out length);
        if (error == Errno.None && echoes)
        {
            length = message.Payload.Length;
            message.Payload.CopyTo(_stream.ReplyPayload(length));
        }
        return error;
    }

    private FeatureFlags OperationsOf(Feature feature) => feature switch
    {
        Feature.Migration when _device.IsMigratable => FeatureFlags.Get,
        Feature.MigrationDeviceState when _device.IsMigratable => FeatureFlags.Get | FeatureFlags.Set,
        Feature.DmaLoggingStart or Feature.DmaLoggingStop => FeatureFlags.Set,
        Feature.DmaLoggingReport => FeatureFlags.Get,
        _ => FeatureFlags.None,
    };

    private Errno Carry(in DeviceFeatureRequest request, ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        switch (request.Feature, request.Operations)
        {
            case (Feature.Migration, _):
                return Give(request, (ulong)Device.VfioDevice.SupportedMigration, out length);
            case (Feature.MigrationDeviceState, FeatureFlags.Get):
                return Give(request, new MigrationStateData(_device.MigrationState, 0), out length);
            case (Feature.MigrationDeviceState, _):
                return data.Length == MigrationStateData.Length
                    ? _device.SetMigrationState(MemoryMarshal.Read<MigrationStateData>(data).State)
                    : Errno.EINVAL;
            case (Feature.DmaLoggingStart, _):
                return StartDmaLogging(data);
            case (Feature.DmaLoggingStop, _):
                return _device.Memory.StopDirtyTracking();
            case (Feature.DmaLoggingReport, _):
                return ReportDirty(request, data, out length);
            default:
                return Errno.ENOTTY;
        }
    }

    private Errno Give<T>(in DeviceFeatureRequest request, T data, out int length)
        where T : unmanaged
    {
        length = DeviceFeatureRequest.Length + Unsafe.SizeOf<T>();
        if (request.ArgumentSize < (uint)length)
            return Errno.EINVAL;
        Span<byte> reply = _stream.ReplyPayload(length);
        MemoryMarshal.Write(reply, request with { ArgumentSize = (uint)length });
        MemoryMarshal.Write(reply[DeviceFeatureRequest.Length..], data);
        return Errno.None;
    }
}
