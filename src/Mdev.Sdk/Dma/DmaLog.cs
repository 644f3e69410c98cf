using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Dma;

/// <summary>What guest memory logs; event ids 400 to 499, none ever used twice.</summary>
internal static partial class DmaLog
{
    [LoggerMessage(400, LogLevel.Error,
        "{Device}: the client has truncated the memory it shared at 0x{Address:x} ({Size} bytes), or has none left for it; accesses to it fail from now on.")]
    public static partial void Broken(ILogger logger, Guid device, ulong address, ulong size);

    [LoggerMessage(401, LogLevel.Error,
        "{Device}: the device still uses guest memory at 0x{Address:x} ({Size} bytes), {Waited} ms after the client has unmapped it; what it does there reaches nobody from now on.")]
    public static partial void Revoked(ILogger logger, Guid device, ulong address, ulong size, long waited);

    [LoggerMessage(402, LogLevel.Error,
        "{Device}: guest memory at 0x{Address:x} ({Size} bytes) could not be taken away from the device, which still uses it.")]
    public static partial void NotRevoked(ILogger logger, Guid device, ulong address, ulong size);

    [LoggerMessage(403, LogLevel.Warning,
        "{Device}: guest memory at 0x{Address:x} cannot be mapped into this process ({Reason}); copies go through its file, which is slower, and spans of it are refused. Memory from memory-backend-memfd,share=on can be mapped everywhere.")]
    public static partial void NotMapped(ILogger logger, Guid device, ulong address, string reason);
}
