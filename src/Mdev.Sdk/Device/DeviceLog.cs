using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Device;

/// <summary>What devices log; event ids 100 to 199, none ever used twice.</summary>
internal static partial class DeviceLog
{
    [LoggerMessage(100, LogLevel.Warning,
        "{Device}: guest {Direction} region {Region} offset 0x{Offset:x} ({Register}), which no register answers; counted from now on without a line.")]
    public static partial void Unclaimed(
        ILogger logger, Guid device, string direction, int region, uint offset, string register);

    [LoggerMessage(101, LogLevel.Error, "{Device}: the handler of {Register} (region {Region}) threw; {Consequence}.")]
    public static partial void HandlerThrew(
        ILogger logger, Exception exception, Guid device, string register, int region, string consequence);

    [LoggerMessage(102, LogLevel.Error, "{Device}: a reset handler of region {Region} threw.")]
    public static partial void ResetThrew(ILogger logger, Exception exception, Guid device, int region);

    [LoggerMessage(103, LogLevel.Error, "{Device}: the handler of a far end threw; its byte 0x{Value:x2} is lost.")]
    public static partial void DeliveryThrew(ILogger logger, Exception exception, Guid device, byte value);

    [LoggerMessage(104, LogLevel.Error,
        "{Device}: guest {Direction} region {Region} offset 0x{Offset:x} ({Register}), where no driver of this device has any business; counted from now on without a line.")]
    public static partial void Faulty(
        ILogger logger, Guid device, string direction, int region, uint offset, string register);

    [LoggerMessage(105, LogLevel.Error, "{Device}: posted work or a timer threw.")]
    public static partial void WorkThrew(ILogger logger, Exception exception, Guid device);

    [LoggerMessage(106, LogLevel.Error, "{Device}: the level threw that an interrupt line follows; the line stays as it is.")]
    public static partial void LevelThrew(ILogger logger, Exception exception, Guid device);

    [LoggerMessage(112, LogLevel.Error, "{Device}: the handler of doorbell {Index} threw; the value 0x{Value:x} stays.")]
    public static partial void DoorbellThrew(ILogger logger, Exception exception, Guid device, int index, ulong value);

    [LoggerMessage(120, LogLevel.Error, "{Device}: asynchronous work threw: {Work}.")]
    public static partial void AsyncWorkThrew(ILogger logger, Exception exception, Guid device, string work);

    [LoggerMessage(121, LogLevel.Error,
        "{Device}: {Work} did not end within {Deadline} s of being told to; the device is reset or stopped all the same.")]
    public static partial void NotAtRest(ILogger logger, Guid device, string work, double deadline);

    [LoggerMessage(122, LogLevel.Information, "{Device}: stopped for a migration.")]
    public static partial void Stopped(ILogger logger, Guid device);

    [LoggerMessage(123, LogLevel.Information, "{Device}: runs again.")]
    public static partial void Resumed(ILogger logger, Guid device);

    [LoggerMessage(124, LogLevel.Information, "{Device}: its state of {Length} bytes is on its way to the client.")]
    public static partial void StateSaved(ILogger logger, Guid device, int length);

    [LoggerMessage(125, LogLevel.Error, "{Device}: its state cannot be saved.")]
    public static partial void StateNotSaved(ILogger logger, Exception exception, Guid device);

    [LoggerMessage(126, LogLevel.Information, "{Device}: has the state of {Length} bytes that the client brought.")]
    public static partial void StateLoaded(ILogger logger, Guid device, int length);

    [LoggerMessage(127, LogLevel.Error, "{Device}: the state of {Length} bytes that the client brought was refused, and the device is as it was: {Problem}")]
    public static partial void StateRefused(ILogger logger, Guid device, int length, string problem);

    [LoggerMessage(128, LogLevel.Warning, "{Device}: the client has gone in the middle of a migration; the device rests until the next one.")]
    public static partial void MigrationAbandoned(ILogger logger, Guid device);

    [LoggerMessage(129, LogLevel.Error, "{Device}: a handler of the character device {Name} failed; the caller got EIO.")]
    public static partial void CharDeviceThrew(ILogger logger, Exception exception, Guid device, string name);

    [LoggerMessage(110, LogLevel.Warning,
        "{Device}: guest wrote {Bits} of {Register} (region {Region} offset 0x{Offset:x}), which are reserved, with 0x{Wrong:x} wrong; counted from now on without a line.")]
    public static partial void ReservedWritten(
        ILogger logger, Guid device, string bits, string register, int region, uint offset, ulong wrong);

    [LoggerMessage(111, LogLevel.Warning,
        "{Device}: guest wrote {Bits} of {Register} (region {Region} offset 0x{Offset:x}), which are not implemented: {Reason}; counted from now on without a line.")]
    public static partial void UnimplementedWritten(
        ILogger logger, Guid device, string bits, string register, int region, uint offset, string reason);
}
