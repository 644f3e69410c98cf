using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Management;

/// <summary>What management logs; event ids 500 to 599, none ever used twice.</summary>
internal static partial class ManagementLog
{
    [LoggerMessage(500, LogLevel.Warning, "{Path}: a tool could not be served ({Reason}).")]
    public static partial void ControlFailed(ILogger logger, string path, string reason);

    [LoggerMessage(501, LogLevel.Warning, "{Path} is not published, so tools do not find this process: {Reason}")]
    public static partial void NotPublished(ILogger logger, string path, string reason);

    [LoggerMessage(510, LogLevel.Information, "{Parent}: started {Uuid} ({Type}), which is defined to start with its parent.")]
    public static partial void Started(ILogger logger, string parent, Guid uuid, string type);

    [LoggerMessage(511, LogLevel.Error, "{Parent}: {Uuid} ({Type}) is defined to start with its parent and does not: {Error}: {Reason}")]
    public static partial void NotStarted(ILogger logger, string parent, Guid uuid, string type, Errno error, string reason);

    [LoggerMessage(512, LogLevel.Error, "{Parent}: a definition cannot be read, and what it defines does not start: {Reason}")]
    public static partial void UnreadableDefinition(ILogger logger, string parent, string reason);
}
