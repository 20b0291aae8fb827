"""What the configuration of a model says about its heads: config.json, or the one inside of an archive.

Only whole numbers and a few words are read.  A key that is not there leaves the question open.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

HEADS = ("num_attention_heads", "n_head", "n_heads", "num_heads", "num_attention_head")
KV_HEADS = ("num_key_value_heads", "n_kv_heads", "num_kv_heads", "n_head_kv", "multi_query_group_num")
HEAD_WIDTH = ("head_dim", "d_kv", "kv_channels", "d_head")
PARTS = ("text_config", "llm_config", "language_config", "vision_config", "audio_config", "encoder", "decoder")
SIDES = ("encoder_attention_heads", "decoder_attention_heads")

ROTARY = ("rope_theta", "rope_scaling", "rope_parameters", "rope_base", "rotary_dim", "rotary_pct", "rotary_emb_base")
ROTATED = (  # what the model types begin with
    *("llama", "mistral", "mixtral", "qwen2", "qwen3", "gemma", "phi", "falcon", "gpt_neox", "gptj", "stablelm"),
    *("cohere", "olmo", "starcoder2", "internlm", "chatglm", "codegen", "deepseek", "baichuan", "glm"),
)
CAPPED = ("attn_logit_softcapping",)

# model type -> how its fused matrix is packed
PACKED = dict.fromkeys(("falcon", "refinedweb", "refinedwebmodel", "gpt_neox", "bloom", "internlm2"), "grouped")
PACKED |= dict.fromkeys(("chatglm", "phi3", "gpt2", "mpt"), "blocks")


@dataclass(frozen=True)
class Config:
    """What is said in `place`: numbers with the key that gives them, and the key that tells of a rotation."""

    place: str
    heads: tuple[str, int] | None = None
    kv_heads: tuple[str, int] | None = None
    head_width: tuple[str, int] | None = None
    rotary: str = ""
    others: tuple[str, ...] = ()
    packing: str = ""
    parts: tuple[str, ...] = ()


def config_of(content: Any, place: str) -> Config | None:
    """The facts of a configuration; None when it is no table."""
    if not isinstance(content, Mapping):
        return None
    parts = tuple(part for part in PARTS if isinstance(content.get(part), Mapping))
    if _number(content, HEADS) is None and _sides(content) is None:
        if len(parts) != 1:
            return Config(place, parts=parts)
        return config_of(content[parts[0]], f"{place}, {parts[0]}")
    kind = str(content.get("model_type", "")).lower()
    found = _number(content, HEADS) or _sides(content)
    shared = _shared(content, kind)
    others = tuple(key for key in CAPPED if content.get(key))
    packing = _packing(content, kind)
    return Config(place, found, shared, _number(content, HEAD_WIDTH), _rotary(content, kind), others, packing)


def _number(content: Mapping[str, Any], keys: tuple[str, ...]) -> tuple[str, int] | None:
    """The first of the keys that has a whole number from 1 on."""
    return next(((key, content[key]) for key in keys if type(content.get(key)) is int and content[key] > 0), None)


def _sides(content: Mapping[str, Any]) -> tuple[str, int] | None:
    """The heads of an encoder and a decoder, where both have as many."""
    found = {content.get(key) for key in SIDES}
    return _number(content, SIDES) if len(found) == 1 else None


def _shared(content: Mapping[str, Any], kind: str) -> tuple[str, int] | None:
    """How many key heads; `multi_query` alone means one."""
    if kind != "chatglm" and content.get("multi_query") is True and not content.get("new_decoder_architecture"):
        return "multi_query", 1
    if kind == "chatglm" and content.get("multi_query_attention") is not True:
        return None
    return _number(content, KV_HEADS)


def _packing(content: Mapping[str, Any], kind: str) -> str:
    if kind == "gpt_bigcode":
        return "blocks" if content.get("multi_query", True) else "grouped"
    return PACKED.get(kind, "")


def _rotary(content: Mapping[str, Any], kind: str) -> str:
    """The key that says that positions rotate queries and keys."""
    if content.get("alibi") is True:
        return ""
    said = next((key for key in ROTARY if content.get(key)), "")
    if not said and content.get("position_embedding_type") == "rotary":
        return "position_embedding_type"
    return said or ("model_type" if kind.startswith(ROTATED) else "")
