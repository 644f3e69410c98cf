using System.Runtime.InteropServices;
using Mdev.Sdk.Device;
using Mdev.Sdk.Dma;
using Mdev.Sdk.Interop;
using Mdev.Sdk.Interrupts;
using Mdev.Sdk.VfioUser.Messages;
using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.VfioUser.Sessions;

/// <summary>What each command does: sizes are checked before bytes are read, then it is one call on the device.</summary>
internal sealed partial class Session
{
    // Each returns the errno of the reply, and for None the length of the payload it has put into the reply.
    private Errno Execute(in Message message, out int length)
    {
        length = 0;
        switch (message.Header.Command)
        {
            // The two that a running guest sends come first.
            case Command.RegionRead:
                return RegionRead(message, out length);
            case Command.RegionWrite:
                return RegionWrite(message, out length);
            case Command.DmaMap:
                return DmaMap(message);
            case Command.DmaUnmap when AsksForDirtyPages(message):
                return DmaUnmapDirty(message, out length);
            case Command.DmaUnmap:
                return DmaUnmap(message, out length);
            case Command.DeviceGetInfo:
                return GetInfo(message, out length);
            case Command.DeviceGetRegionInfo:
                return GetRegionInfo(message, out length);
            case Command.DeviceGetRegionIoFds:
                return GetRegionIoFds(message, out length);
            case Command.DeviceGetIrqInfo:
                return GetIrqInfo(message, out length);
            case Command.DeviceSetIrqs:
                return SetIrqs(message);
            case Command.DeviceReset when message.Payload.IsEmpty && message.Descriptors.IsEmpty:
                _device.ResetByClient();
                return Errno.None;
            case Command.RegionWriteMulti:
                return RegionWriteMulti(message, out length);
            case Command.DeviceFeature:
                return DeviceFeature(message, out length);
            case Command.MigrationDataRead:
                return MigrationDataRead(message, out length);
            case Command.MigrationDataWrite:
                return MigrationDataWrite(message);
            default:
                return Errno.EINVAL;
        }
    }

    private Errno RegionRead(in Message message, out int length)
    {
        length = 0;
        if (!TryParse(message, RegionAccess.Length, out RegionAccess access)
            || message.Payload.Length != RegionAccess.Length || access.Count > (uint)_client.Transfer)
            return Errno.EINVAL;

        if (access.Count >= LeastReached && _device.TryReach(access.Region, access.Offset, (int)access.Count, write: false, out Span<byte> bytes))
        {
            length = RegionAccess.Length;
            MemoryMarshal.Write(_stream.ReplyPayload(length), access);
            _stream.SetTail(bytes);
            return Errno.None;
        }

        length = RegionAccess.Length + (int)access.Count;
        Span<byte> reply = _stream.ReplyPayload(length);
        MemoryMarshal.Write(reply, access);
        return _device.Read(access.Region, access.Offset, reply[RegionAccess.Length..]);
    }

    private Errno RegionWrite(in Message message, out int length)
    {
        length = RegionAccess.Length;
        if (!TryParse(message, RegionAccess.Length, out RegionAccess access))
            return Errno.EINVAL;
        if (message.IsPlaced)
        {
            MemoryMarshal.Write(_stream.ReplyPayload(length), access);
            return Errno.None;
        }
        if (access.Count > Limits.MaxTransfer || access.Count != (uint)(message.Payload.Length - RegionAccess.Length))
            return Errno.EINVAL;

        Errno error = _device.Write(access.Region, access.Offset, message.Payload[RegionAccess.Length..]);
        MemoryMarshal.Write(_stream.ReplyPayload(length), access);
        return error;
    }

    private Errno DmaMap(in Message message)
    {
        if (!TryParse(message, DmaMapRequest.Length, maxDescriptors: 1, out DmaMapRequest request)
            || request.ArgumentSize < DmaMapRequest.Length
            || (request.Flags & ~(uint)(DmaProtection.Read | DmaProtection.Write)) != 0
            || request.Size == 0 || request.Address + (request.Size - 1) < request.Address)
            return Errno.EINVAL;
        if (request.Size > GuestMemory.MaxSize)
            return Errno.ENOSPC;

        SafeFileHandle? file = message.Descriptors.IsEmpty ? null : message.Descriptors[0];
        if (file is not null && !HoldsRange(file, request.Offset, request.Size))
            return Errno.EINVAL;

        var protection = (DmaProtection)request.Flags;
        Errno error = _device.Memory.Map(new(request.Address, request.Size, protection, request.Offset, file));
        if (error != Errno.None)
            return error;

        if (file is not null)
            (message.Descriptors[0], _sharesMemory) = (null, true);
        else
            WarnOfMemory(request.Address, protection);
        return Errno.None;
    }

    private Errno DmaUnmap(in Message message, out int length)
    {
        // vfio-user, "VFIO_USER_DMA_UNMAP": the reply echoes the request.
        length = DmaUnmapRequest.Length;
        if (!TryParse(message, DmaUnmapRequest.Length, out DmaUnmapRequest request)
            || request.ArgumentSize is < DmaUnmapRequest.Length or > Limits.MaxTransfer || (request.Flags & ~DmaUnmapRequest.All) != 0)
            return Errno.EINVAL;

        Errno error = Errno.None;
        if (request.Flags != DmaUnmapRequest.All)
            error = _device.Memory.Unmap(request.Address, request.Size);
        else if (request.Address == 0 && request.Size == 0)
            _device.Memory.UnmapAll();
        else
            error = Errno.EINVAL;

        // What the client has been asked for of it need not come any more.
        if (error == Errno.None && request.Flags == DmaUnmapRequest.All)
            _messages?.AbandonAll();
        else if (error == Errno.None)
            _messages?.Abandon(request.Address, request.Size);
        MemoryMarshal.Write(_stream.ReplyPayload(length), request);
        return error;
    }

    private Errno GetInfo(in Message message, out int length)
    {
        length = DeviceInfo.Length;
        if (!TryParse(message, DeviceInfo.Length, out DeviceInfo request) || request.ArgumentSize < DeviceInfo.Length)
            return Errno.EINVAL;

        var reply = new DeviceInfo(
            DeviceInfo.Length, _device.Flags, (uint)_device.RegionCount, (uint)_device.Interrupts.Count);
        MemoryMarshal.Write(_stream.ReplyPayload(length), reply);
        return Errno.None;
    }

    private Errno GetRegionInfo(in Message message, out int length)
    {
        length = RegionInfo.Length;
        if (!TryParse(message, RegionInfo.Length, out RegionInfo request)
            || request.ArgumentSize < RegionInfo.Length || request.Index >= (uint)_device.RegionCount)
            return Errno.EINVAL;

        Region? region = _device.RegionAt(request.Index);

        // What a client maps comes as a descriptor: one that takes none accesses all by messages.
        RegionMapping? mappable = _client.MaxDescriptors > 0 ? region?.Mapping : null;
        int full = RegionInfoReply.LengthOf(region, mappable);
        bool complete = request.ArgumentSize >= (uint)full;
        length = complete ? full : RegionInfo.Length;
        RegionInfoReply.Write(_stream.ReplyPayload(length), request.Index, region, mappable, complete);

        // With a complete reply only: a client that asks again with more room would leak the first one.
        if (complete && mappable is not null)
            _passed.Add(mappable.Memory.Descriptor);
        return Errno.None;
    }

    private Errno GetIrqInfo(in Message message, out int length)
    {
        length = IrqInfo.Length;
        if (!TryParse(message, IrqInfo.Length, out IrqInfo request)
            || request.ArgumentSize < IrqInfo.Length || request.Index >= (uint)_device.Interrupts.Count)
            return Errno.EINVAL;

        InterruptIndex? interrupts = _device.Interrupts[request.Index];
        var reply = new IrqInfo(
            IrqInfo.Length, interrupts?.Flags ?? IrqInfoFlags.None, request.Index, interrupts?.Count ?? 0);
        MemoryMarshal.Write(_stream.ReplyPayload(length), reply);
        return Errno.None;
    }

    private Errno SetIrqs(in Message message)
    {
        if (!TryParse(message, SetIrqsRequest.Length, UnixSocket.MaxDescriptors, out SetIrqsRequest request)
            || !request.TryInterpret(message.Payload[SetIrqsRequest.Length..], message.Descriptors, out IrqSet set))
            return Errno.EINVAL;
        return _device.SetIrqs(request.Index, set);
    }

    private static bool TryParse<T>(in Message message, int length, out T request)
        where T : struct => TryParse(message, length, maxDescriptors: 0, out request);

    private static bool TryParse<T>(in Message message, int length, int maxDescriptors, out T request)
        where T : struct
    {
        request = default;
        if (message.Payload.Length < length || message.Descriptors.Length > maxDescriptors)
            return false;
        request = MemoryMarshal.Read<T>(message.Payload);
        return true;
    }

    // A file shorter than the mapping would fail at its first use; the client can still be told now.
    private static bool HoldsRange(SafeFileHandle file, ulong offset, ulong size)
    {
        try
        {
            ulong length = (ulong)RandomAccess.GetLength(file);
            return offset <= length && size <= length - offset;
        }
        catch (Exception e) when (e is IOException or NotSupportedException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    // Whether memory of this client's has come with a descriptor.
    private bool _sharesMemory;

    private void WarnOfMemory(ulong address, DmaProtection protection)
    {
        // QEMU never shares its read-only sections (ROM, flash); nor does one that shares its memory share other devices' BARs, which it
        // maps as well.
        if (_warnedOfMemory || _sharesMemory || (protection & DmaProtection.Write) == 0)
            return;
        _warnedOfMemory = true;
        SessionLog.MemoryNotShared(_device.Logger, _device.Uuid, address);
    }
}
