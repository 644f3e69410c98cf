using Microsoft.Extensions.Logging;

namespace Mdev.Sdk;

/// <summary>What the bus logs; event ids 600 to 699, none ever used twice.</summary>
internal static partial class BusLog
{
    [LoggerMessage(600, LogLevel.Error, "{Instance}: its end failed; it is gone all the same.")]
    public static partial void EndedBadly(ILogger logger, Exception exception, Guid instance);

    [LoggerMessage(601, LogLevel.Warning, "{Instance}: a service could not say who its user is, or ask it to let go.")]
    public static partial void RequestFailed(ILogger logger, Exception exception, Guid instance);

    [LoggerMessage(602, LogLevel.Error, "Somebody who listens to the bus failed at {Event}.")]
    public static partial void ListenerThrew(ILogger logger, Exception exception, MdevBusEventKind @event);

    [LoggerMessage(603, LogLevel.Error, "{Instance}: it could not be shown everywhere; it can be used all the same.")]
    public static partial void NotShown(ILogger logger, Exception exception, Guid instance);

    [LoggerMessage(604, LogLevel.Error, "{Instance}: an instance of {Type} could not be made: {Step} threw.")]
    public static partial void CreationThrew(ILogger logger, Exception exception, Guid instance, string type, string step);

    [LoggerMessage(605, LogLevel.Error, "{Owner}: the attribute {Attribute} threw.")]
    public static partial void AttributeThrew(ILogger logger, Exception exception, string owner, string attribute);

    [LoggerMessage(606, LogLevel.Error, "{Type}: the available instances could not be counted; 0 is shown.")]
    public static partial void CountThrew(ILogger logger, Exception exception, string type);

    [LoggerMessage(607, LogLevel.Error, "{Instance}: its users could not be waited for.")]
    public static partial void WaitFailed(ILogger logger, Exception exception, Guid instance);
}
