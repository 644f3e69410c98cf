using Mdev.Sdk.Generators.Reading;
using Microsoft.CodeAnalysis;

namespace Mdev.Sdk.Generators.Diagnostics;

/// <summary>The members of the SDK that may send the client a message and wait for its answer.</summary>
internal static class ClientRequests
{
    /// <summary>Whether a call of the member may.</summary>
    public static bool Are(ISymbol member) =>
        member.Name is "ReadAsync" or "WriteAsync" && member.ContainingType.Is("Mdev.Sdk.Dma.GuestMemory");

    /// <summary>What does the same for memory that the client shares, at once.</summary>
    public static string InsteadOf(ISymbol member) => member.Name == "ReadAsync" ? "TryRead" : "TryWrite";
}
