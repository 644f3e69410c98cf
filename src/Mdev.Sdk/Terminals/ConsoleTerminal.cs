using Microsoft.Win32.SafeHandles;

namespace Mdev.Sdk.Terminals;

/// <summary>Opens the terminal this process runs in.</summary>
internal static class ConsoleTerminal
{
    public static Terminal Open()
    {
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
        return new Terminal("the console", input, output, TerminalMode.MakeUnbuffered(input));
    }
}
