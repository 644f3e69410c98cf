using Microsoft.Extensions.Logging;

namespace Mdev.Sdk;

/// <summary>What the bus logs; event ids 400 to 499, none ever used twice.</summary>
internal static partial class BusLog
{
    [LoggerMessage(400, LogLevel.Error, "{Instance}: its end failed; it is gone all the same.")]
    public static partial void EndedBadly(ILogger logger, Exception exception, Guid instance);

    [LoggerMessage(401, LogLevel.Warning, "{Instance}: its user could not be asked to let go.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, Guid instance);

    [LoggerMessage(402, LogLevel.Error, "Somebody who listens to the bus failed at {Event}.")]
    public static partial void ListenerThrew(ILogger logger, Exception exception, MdevBusEventKind @event);
}
