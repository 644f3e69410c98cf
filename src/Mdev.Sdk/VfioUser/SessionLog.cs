using Mdev.Sdk.VfioUser.Messages;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.VfioUser;

/// <summary>What sessions and servers log; event ids 200 to 299, none ever used twice.</summary>
internal static partial class SessionLog
{
    [LoggerMessage(200, LogLevel.Information, "{Device}: client connected.")]
    public static partial void Connected(ILogger logger, Guid device);

    [LoggerMessage(201, LogLevel.Information, "{Device}: client gone; the device keeps its state for the next one.")]
    public static partial void Disconnected(ILogger logger, Guid device);

    [LoggerMessage(202, LogLevel.Debug, "{Device}: {Command} refused with {Error}.")]
    public static partial void Refused(ILogger logger, Guid device, Command command, Errno error);

    [LoggerMessage(203, LogLevel.Warning, "{Device}: client turned away: {Reason}.")]
    public static partial void VersionRefused(ILogger logger, Guid device, string reason);

    [LoggerMessage(204, LogLevel.Warning,
        "{Device}: connection closed: the client sent a message of {Size} bytes, or one that is no command.")]
    public static partial void FramingLost(ILogger logger, Guid device, uint size);

    [LoggerMessage(205, LogLevel.Warning,
        "{Device}: guest memory at 0x{Address:x} came without a descriptor, so the device can reach it by messages at best, which is slow. Start QEMU with shared memory: -object memory-backend-memfd,id=mem,size=SIZE,share=on -machine memory-backend=mem")]
    public static partial void MemoryNotShared(ILogger logger, Guid device, ulong address);

    [LoggerMessage(206, LogLevel.Warning, "{Device}: a second client was refused; the device serves one at a time.")]
    public static partial void Busy(ILogger logger, Guid device);

    [LoggerMessage(207, LogLevel.Error,
        "{Device}: a message is refused because its descriptors are lost; this process has too many open (ulimit -n).")]
    public static partial void DescriptorsLost(ILogger logger, Guid device);

    [LoggerMessage(208, LogLevel.Error, "{Device}: connection closed by a fault of the SDK's own.")]
    public static partial void Faulted(ILogger logger, Exception exception, Guid device);

    [LoggerMessage(209, LogLevel.Warning, "{Device}: a client could not be accepted ({Reason}); trying again.")]
    public static partial void AcceptFailed(ILogger logger, Guid device, string reason);

    [LoggerMessage(210, LogLevel.Information, "{Device}: client gone; the device is reset, and as it was made for the next one.")]
    public static partial void DisconnectedAndReset(ILogger logger, Guid device);

    [LoggerMessage(211, LogLevel.Warning, "{Device}: a client was refused; the device is about to be removed.")]
    public static partial void Going(ILogger logger, Guid device);

    [LoggerMessage(220, LogLevel.Information,
        "{Device}: the client is {Client}, version 0.{Minor}; it takes {Descriptors} descriptors and {Transfer} bytes of data in a message.")]
    public static partial void Negotiated(
        ILogger logger, Guid device, string client, ushort minor, int descriptors, ulong transfer);

    [LoggerMessage(221, LogLevel.Warning,
        "{Device}: the client refused {Command} of {Count} bytes at 0x{Address:x} with {Error}; such lines are for debugging from now on.")]
    public static partial void DmaRefused(ILogger logger, Guid device, Command command, ulong address, int count, Errno error);

    [LoggerMessage(222, LogLevel.Debug, "{Device}: the client refused {Command} of {Count} bytes at 0x{Address:x} with {Error}.")]
    public static partial void DmaRefusedAgain(
        ILogger logger, Guid device, Command command, ulong address, int count, Errno error);

    [LoggerMessage(223, LogLevel.Warning,
        "{Device}: the client's answer to {Command} of {Count} bytes at 0x{Address:x} is not one to it; such answers fail without a line from now on.")]
    public static partial void DmaReplyMalformed(ILogger logger, Guid device, Command command, ulong address, int count);

    [LoggerMessage(224, LogLevel.Warning,
        "{Device}: the client is QEMU before 11.0, which lays DMA_READ and DMA_WRITE out differently, so that the device cannot ask it for memory. Use QEMU 11.0 or later, or share its memory: -object memory-backend-memfd,id=mem,size=SIZE,share=on -machine memory-backend=mem")]
    public static partial void DmaBeforeQemu11(ILogger logger, Guid device);

    [LoggerMessage(225, LogLevel.Warning,
        "{Device}: {Count} transfers of guest memory were given up: the client did not answer for {Seconds} seconds.")]
    public static partial void DmaUnanswered(ILogger logger, Guid device, int count, double seconds);

    [LoggerMessage(226, LogLevel.Warning,
        "{Device}: the device wants guest memory at 0x{Address:x}, which is not shared, and the client cannot be asked for memory; start it with share=on.")]
    public static partial void CannotBeAsked(ILogger logger, Guid device, ulong address);
}
