using System.Net.Sockets;
using Mdev.Sdk.VfioUser;
using Microsoft.Extensions.Logging;

namespace Mdev.Sdk.Management.Control;

/// <summary>
/// Takes commands from tools, a line of JSON each, on a socket in the runtime directory. Whoever may open the socket may give
/// any command; the directory is its user's alone.
/// </summary>
internal sealed class ControlSocket : IDisposable
{
    /// <summary>Tools that are served at once; the next one is told EAGAIN.</summary>
    public const int MaxClients = 64;

    private readonly Lazy<IReadOnlyDictionary<string, ControlCommand>> _commands;
    private readonly ILogger _logger;
    private readonly SocketFile _file;
    private readonly AcceptLoop _accepting;
    private int _clients;

    /// <param name="path">Where; at most 107 bytes. What a process that is gone has left there is replaced.</param>
    /// <param name="commands">
    /// What it does; names are unique. Not looked at before the first tool comes: their JSON takes longer than all else that a host
    /// process does until it is ready.
    /// </param>
    /// <param name="logger">Told of tools that could not be served.</param>
    /// <exception cref="IOException">A live process listens there, or the path cannot be used.</exception>
    public ControlSocket(string path, IEnumerable<ControlCommand> commands, ILogger logger)
    {
        (Path, _logger) = (path, logger);
        _commands = new(() => commands.ToDictionary(c => c.Name));
        _file = SocketFile.Listen(path);
        _accepting = new AcceptLoop(_file.Socket, AdmitAsync, reason => ManagementLog.ControlFailed(logger, path, reason));
        _accepting.Start();
    }

    /// <summary>The socket's file.</summary>
    public string Path { get; }

    /// <summary>Serves nobody any more, and removes the file; commands under way are cancelled.</summary>
    public void Dispose()
    {
        _file.Dispose();
        _accepting.Dispose();
    }

    private Task AdmitAsync(Socket client, CancellationToken stopping)
    {
        _ = ServeAsync(client, stopping);
        return Task.CompletedTask;
    }

    private async Task ServeAsync(Socket client, CancellationToken stopping)
    {
        using (client)
        {
            try
            {
                bool isOneTooMany = Interlocked.Increment(ref _clients) > MaxClients;
                var connection = new ControlConnection(client, _commands.Value);
                await (isOneTooMany ? connection.RefuseAsync(MaxClients, stopping) : connection.RunAsync(stopping)).ConfigureAwait(false);
            }
            catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
            {
                // The tool has gone or reads nothing, or this process is going.
            }
            catch (Exception e)
            {
                ManagementLog.ControlFailed(_logger, Path, e.Message);
            }
            finally
            {
                Interlocked.Decrement(ref _clients);
            }
        }
    }
}
