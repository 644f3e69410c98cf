using Microsoft.Extensions.Logging;

namespace Mdev.Sdk;

/// <summary>What the bus logs; event ids 600 to 699, none ever used twice.</summary>
internal static partial class BusLog
{
    [LoggerMessage(600, LogLevel.Error, "{Instance}: its end failed; it is gone all the same.")]
    public static partial void EndedBadly(ILogger logger, Exception exception, Guid instance);

    [LoggerMessage(601, LogLevel.Warning, "{Instance}: its user could not be asked to let go.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, Guid instance);

    [LoggerMessage(603, LogLevel.Error, "{Instance}: it could not be shown everywhere; it can be used all the same.")]
    public static partial void NotShown(ILogger logger, Exception exception, Guid instance);

    [LoggerMessage(602, LogLevel.Error, "Somebody who listens to the bus failed at {Event}.")]
    public static partial void ListenerThrew(ILogger logger, Exception exception, MdevBusEventKind @event);
}
