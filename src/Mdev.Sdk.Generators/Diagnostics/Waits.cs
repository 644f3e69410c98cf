using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>The members of the base library that stop their thread until somebody else does something.</summary>
internal static class Waits
{
    private static readonly (string Type, string[] Members)[] s_known =
    [
        ("System.Threading.Thread", ["Sleep", "Join"]),
        ("System.Threading.Monitor", ["Wait"]),
        ("System.Threading.WaitHandle", ["WaitOne", "WaitAll", "WaitAny", "SignalAndWait"]),
        ("System.Threading.SemaphoreSlim", ["Wait"]),
        ("System.Threading.ManualResetEventSlim", ["Wait"]),
        ("System.Threading.CountdownEvent", ["Wait"]),
        ("System.Threading.Barrier", ["SignalAndWait"]),
        ("System.Threading.Tasks.Task", ["Wait", "WaitAll", "WaitAny"]),
        ("System.Threading.Tasks.Task`1", ["Result"]),
        ("System.Threading.Tasks.ValueTask`1", ["Result"]),
        ("System.Runtime.CompilerServices.TaskAwaiter", ["GetResult"]),
        ("System.Runtime.CompilerServices.TaskAwaiter`1", ["GetResult"]),
        ("System.Runtime.CompilerServices.ValueTaskAwaiter", ["GetResult"]),
        ("System.Runtime.CompilerServices.ValueTaskAwaiter`1", ["GetResult"]),
        ("System.Diagnostics.Process", ["WaitForExit"]),
    ];

    /// <summary>Whether a call or read of the member waits. One that is told to wait for no time at all is still told so.</summary>
    public static bool Are(ISymbol member)
    {
        foreach ((string type, string[] members) in s_known)
        {
            if (members.Contains(member.Name) && member.ContainingType.OriginalDefinition.Is(type))
                return true;
        }

        return false;
    }
}
