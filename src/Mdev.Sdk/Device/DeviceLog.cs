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

    [LoggerMessage(110, LogLevel.Warning,
        "{Device}: guest wrote {Bits} of {Register} (region {Region} offset 0x{Offset:x}), which are reserved, with 0x{Wrong:x} wrong; counted from now on without a line.")]
    public static partial void ReservedWritten(
        ILogger logger, Guid device, string bits, string register, int region, uint offset, ulong wrong);

    [LoggerMessage(111, LogLevel.Warning,
        "{Device}: guest wrote {Bits} of {Register} (region {Region} offset 0x{Offset:x}), which are not implemented: {Reason}; counted from now on without a line.")]
    public static partial void UnimplementedWritten(
        ILogger logger, Guid device, string bits, string register, int region, uint offset, string reason);
}
