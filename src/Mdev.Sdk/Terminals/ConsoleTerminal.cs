using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Terminals;

/// <summary>Opens the terminal this process runs in.</summary>
internal sealed class ConsoleTerminal : IDisposable
{
    private static int s_users;

    private readonly TerminalMode _mode;

    private ConsoleTerminal(TerminalMode mode) => _mode = mode;

    /// <exception cref="IOException">Another port has it.</exception>
    public static Terminal Open()
    {
        // Two would share what is typed, and the second would take the first one's mode for the terminal's own.
        if (Interlocked.Exchange(ref s_users, 1) != 0)
            throw new IOException("The console is wired to another port already.");

        var input = new SafeFileHandle(0, ownsHandle: false);

        // A description of its own where there is one: non-blocking output must not spread to the shell's standard output.
        SafeFileHandle output;
        try
        {
            output = File.OpenHandle("/proc/self/fd/1", FileMode.Open, FileAccess.Write, FileShare.ReadWrite);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            output = new SafeFileHandle(1, ownsHandle: false);
        }
        return new DescriptorTerminal("the console", input, output, new ConsoleTerminal(TerminalMode.MakeUnbuffered(input)));
    }

    public void Dispose()
    {
        _mode.Dispose();
        Volatile.Write(ref s_users, 0);
    }
}
