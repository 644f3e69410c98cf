using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Display.Rfb;

/// <summary>What VNC logs; event ids 820 to 839, none ever used twice.</summary>
internal static partial class RfbLog
{
    [LoggerMessage(820, LogLevel.Information, "{Device}: a viewer at {Address} looks at the screen.")]
    public static partial void Connected(ILogger logger, Guid device, string address);

    [LoggerMessage(821, LogLevel.Information, "{Device}: the viewer at {Address} is gone.")]
    public static partial void Disconnected(ILogger logger, Guid device, string address);

    [LoggerMessage(822, LogLevel.Warning,
        "{Device}: the viewer at {Address} is disconnected: it {Reason}. {Others} others since the last such line.")]
    public static partial void Refused(ILogger logger, Guid device, string address, string reason, int others);

    [LoggerMessage(823, LogLevel.Warning, "VNC at {Place}: a viewer could not be accepted ({Reason}); trying again.")]
    public static partial void AcceptFailed(ILogger logger, string place, string reason);

    [LoggerMessage(824, LogLevel.Error, "{Device}: a viewer's connection ended by a fault of the SDK's own.")]
    public static partial void Faulted(ILogger logger, Exception exception, Guid device);

    [LoggerMessage(825, LogLevel.Warning, "{Device}: no VNC: no port of {First} to {Last} is free.")]
    public static partial void NoPort(ILogger logger, Guid device, int first, int last);
}
