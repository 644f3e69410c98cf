using System.Runtime.InteropServices;
using Mdev.Sdk.VfioUser.Messages;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>What the device has written to guest memory, for a client that copies the guest while it runs.</summary>
internal sealed partial class Session
{
    private Errno StartDmaLogging(ReadOnlySpan<byte> data)
    {
        if (data.Length < DmaLoggingStart.Length)
            return Errno.EINVAL;
        var request = MemoryMarshal.Read<DmaLoggingStart>(data);
        data = data[DmaLoggingStart.Length..];
        if ((ulong)data.Length != (ulong)request.Ranges * DmaLoggingStart.RangeLength)
            return Errno.EINVAL;
        foreach (ref readonly DmaRange range in MemoryMarshal.Cast<byte, DmaRange>(data))
        {
            if (!range.IsValid)
                return Errno.EINVAL;
        }

        // All memory is logged, whatever ranges were named: more than was asked for is never wrong.
        return _device.Memory.StartDirtyTracking(request.PageSize);
    }

    private Errno ReportDirty(in DeviceFeatureRequest request, ReadOnlySpan<byte> data, out int length)
    {
        length = 0;
        if (data.Length < DirtyReport.Length || !_device.Memory.IsTrackingDirty)
            return Errno.EINVAL;
        var report = MemoryMarshal.Read<DirtyReport>(data);
        ulong bitmap = report.BitmapLength;
        const int Head = DeviceFeatureRequest.Length + DirtyReport.Length;
        if (bitmap == 0 || bitmap > MaxBitmap || request.ArgumentSize < Head + bitmap)
            return Errno.EINVAL;

        // Before there is room made for a bitmap of what is not there.
        if (!_device.Memory.Maps(report.Address, report.Size, exactly: false, out Errno error))
            return error;

        length = Head + (int)bitmap;
        Span<byte> reply = _stream.ReplyPayload(length);
        MemoryMarshal.Write(reply, request with { ArgumentSize = (uint)length });
        MemoryMarshal.Write(reply[DeviceFeatureRequest.Length..], report);
        return _device.Memory.ReportDirty(report.Address, report.Size, report.PageSize, reply[Head..]);
    }

    private static bool AsksForDirtyPages(in Message message) =>
        message.Payload.Length >= DmaUnmapRequest.Length
        && MemoryMarshal.Read<DmaUnmapRequest>(message.Payload).Flags == DmaUnmapRequest.GetDirtyBitmap;

    private Errno DmaUnmapDirty(in Message message, out int length)
    {
        length = 0;
        const int Head = DmaUnmapRequest.Length + DirtyBitmapHead.Length;
        if (!TryParse(message, Head, out DmaUnmapRequest request) || !_device.Memory.IsTrackingDirty)
            return Errno.EINVAL;
        var bitmap = MemoryMarshal.Read<DirtyBitmapHead>(message.Payload[DmaUnmapRequest.Length..]);
        ulong needed = new DirtyReport(request.Address, request.Size, bitmap.PageSize).BitmapLength;
        if (needed == 0 || needed != bitmap.Size || needed > MaxBitmap || request.ArgumentSize < Head + needed)
            return Errno.EINVAL;
        if (!_device.Memory.Maps(request.Address, request.Size, exactly: true, out Errno error))
            return error;

        length = Head + (int)needed;
        Span<byte> reply = _stream.ReplyPayload(length);
        MemoryMarshal.Write(reply, request);
        MemoryMarshal.Write(reply[DmaUnmapRequest.Length..], bitmap);
        error = _device.Memory.Unmap(request.Address, request.Size, bitmap.PageSize, reply[Head..]);
        if (error == Errno.None)
            _messages?.Abandon(request.Address, request.Size);
        return error;
    }

    private ulong MaxBitmap => Math.Min(DirtyReport.MaxBitmap, _client.Migration?.MaxBitmapSize ?? MigrationCapability.DefaultMaxBitmapSize);
}
