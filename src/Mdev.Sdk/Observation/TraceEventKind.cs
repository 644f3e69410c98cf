using System.Text.Json.Serialization;

namespace Mdev.Sdk.Observation;

/// <summary>What a trace tells.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<TraceEventKind>))]
public enum TraceEventKind
{
    /// <summary>The trace begins: nothing that happens later is missed in silence.</summary>
    Began,

    /// <summary>An access of a region begins.</summary>
    Request,

    /// <summary>A register that the access has met; several where it is as wide as several are, none in memory and config space.</summary>
    Register,

    /// <summary>The device signals an interrupt.</summary>
    Interrupt,

    /// <summary>The access ends.</summary>
    Reply,

    /// <summary>The client has asked for a reset, which begins.</summary>
    Reset,

    /// <summary>Accesses that the trace was too slow for are missing here.</summary>
    Lost,
}
